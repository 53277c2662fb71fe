package io.secgroupd.daemon.simulation;

import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** SentPackets that meet a simulated host, each with the verdict that it must get. */
final class SentPackets {

    private static final List<String> STRANGERS = List.of(OperatorTexts.OPERATOR, "203.0.113.9", "192.0.2.66");
    private static final String ELSEWHERE = "192.0.2.77";
    private static final int[] PORTS = {22, 443, 8000, 8001, 8002, 9999};
    /** The manual page grants a rule this long after its end, and the daemon this long after the clock was set. */
    private static final long GRACE = 1000;

    /** Making a packet takes longer than judging it. */
    private static final Map<String, byte[]> MADE = makeAll();

    private final SplittableRandom random;

    private static Map<String, byte[]> makeAll() {
        var made = new HashMap<String, byte[]>();
        for (int port : PORTS) {
            for (String stranger : STRANGERS) {
                make(stranger, Life.HOST, port, made);
                make(Life.HOST, stranger, port, made);
                make(stranger, ELSEWHERE, port, made);
            }
            make(Life.HOST, Life.HOST, port, made);
        }
        return Map.copyOf(made);
    }

    private static void make(String from, String to, int port, Map<String, byte[]> made) {
        made.put(name(from, to, port), PacketBuilder.tcp(from, to, port, "S"));
    }

    private static String name(String from, String to, int port) {
        return from + " " + to + " " + port;
    }

    SentPackets(SplittableRandom random) {
        this.random = random;
    }

    /** Sends a packet. Returns what is wrong with its verdict; empty when nothing is. */
    String send(Life life, Wording inForce, SimulatedClock clock) {
        String stranger = STRANGERS.get(random.nextInt(STRANGERS.size()));
        int port = PORTS[random.nextInt(PORTS.length)];
        return switch (random.nextInt(8)) {
            case 0 ->
                verdict(
                        life,
                        QueuedPacket.LOCAL_OUT,
                        Life.HOST,
                        stranger,
                        port,
                        inForce.main().opens());
            case 1 -> verdict(life, QueuedPacket.FORWARD, stranger, ELSEWHERE, port, true);
            case 2 -> verdict(life, QueuedPacket.LOCAL_IN, Life.HOST, Life.HOST, port, false);
            default -> incoming(life, inForce, clock, stranger, port);
        };
    }

    private static String incoming(Life life, Wording inForce, SimulatedClock clock, String stranger, int port) {
        Instant now = clock.wall();
        boolean may = inForce.admits(stranger, port, now);
        if (inForce.hasJustEnded(now, GRACE) || clock.sinceSet() < GRACE) {
            return "";
        }
        return verdict(life, QueuedPacket.LOCAL_IN, stranger, Life.HOST, port, may);
    }

    private static String verdict(Life life, int hook, String from, String to, int port, boolean expected) {
        try {
            byte[] packet = Objects.requireNonNull(MADE.get(name(from, to, port)));
            boolean passes = life.passes(hook, packet);
            return passes == expected
                    ? ""
                    : "hook " + hook + ", " + from + " to " + to + " port " + port
                            + (passes ? " passes" : " is refused") + " by " + life.nameOfInForce();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
