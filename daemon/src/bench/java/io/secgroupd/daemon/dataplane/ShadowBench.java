package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;

import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.rules.decide.PacketFilter;
import java.io.IOException;
import java.util.Random;

/** Prints what a candidate costs a packet loop. Run by {@code scripts/bench shadow}. */
public final class ShadowBench {

    private static final int ROUNDS = 41;
    private static final int PACKETS = 400_000;
    private static final int WARM_UP = 5;

    private ShadowBench() {}

    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%-40s %8s %8s %8s%n", "CPU ns a verdict, median of " + ROUNDS + " rounds", "alone", "beside", "more");
        for (int rules : new int[] {20, 1_000}) {
            PacketFilter inForce = BenchLoop.filter(rules, 0);
            row(rules + " rules, the candidate agrees", inForce, BenchLoop.filter(rules, 0));
            row(rules + " rules, it differs on every packet", inForce, BenchLoop.filter(rules, 20_000));
        }
    }

    private static void row(String name, PacketFilter inForce, PacketFilter candidate) throws IOException {
        BenchLoop alone = loop(inForce, ShadowPolicy.NONE);
        BenchLoop beside = loop(inForce, ShadowPolicy.of(candidate));
        double[] more = new double[ROUNDS];
        double[] of = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double first = alone.nanosAPacket(PACKETS);
            double second = beside.nanosAPacket(PACKETS);
            if (round >= 0) {
                of[round] = first;
                with[round] = second;
                more[round] = second - first;
            }
        }
        System.out.printf(
                "%-40s %8.0f %8.0f %8.0f%n",
                name, BenchLoop.median(of), BenchLoop.median(with), BenchLoop.median(more));
    }

    private static BenchLoop loop(PacketFilter inForce, ShadowPolicy candidate) {
        return new BenchLoop(new ActivePolicy(new PolicyInForce(inForce, 1, RuleHits.NONE, candidate)), messages());
    }

    /** Packets that the first policy accepts, from many sources. */
    private static byte[][] messages() {
        var random = new Random(1);
        byte[][] messages = new byte[1009][];
        for (int i = 0; i < messages.length; i++) {
            int rule = random.nextInt(20);
            String source = "10.1." + rule + "." + (1 + random.nextInt(250));
            messages[i] =
                    PacketMessages.packet(1, QueuedPacket.LOCAL_IN, 3, tcp(source, BenchLoop.HOST, 1 + rule, "S"));
        }
        return messages;
    }
}
