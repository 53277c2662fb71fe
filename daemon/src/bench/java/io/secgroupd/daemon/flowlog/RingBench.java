package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what it takes a packet loop of the processor to hand a decision to the log: while the writer sleeps, and while it takes
 * them on another processor. Run by {@code scripts/bench cores}.
 */
public final class RingBench {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Decision DECISION =
            FixedDecisions.of(Verdict.REJECT, Reason.INTERNAL_ERROR).ingress();
    private static final int CAPACITY = 1 << 16;
    private static final int BURST = 32;
    private static final int ROUNDS = 301;
    private static final int WARM_UP = 50;

    private final PacketView packet = new PacketView();
    private final FlowRing ring = new FlowRing(CAPACITY, FlowRing.Wanted.ALL, false, System::currentTimeMillis);
    private volatile boolean reading;

    private RingBench() {
        byte[] syn = PacketBuilder.tcp("10.1.0.7", "10.0.0.1", 443, "S");
        PacketDecoder.decode(ByteBuffer.wrap(syn), 0, syn.length, packet);
    }

    public static void main(String[] arguments) {
        var bench = new RingBench();
        var writer = new Thread(bench::write, "writer");
        writer.setDaemon(true);
        writer.start();
        double[] asleep = new double[ROUNDS];
        double[] awake = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double alone = bench.nanosADecision(false);
            double beside = bench.nanosADecision(true);
            if (round >= 0) {
                asleep[round] = alone;
                awake[round] = beside;
            }
        }
        System.out.printf("%-44s %8s %8s%n", "CPU ns a decision, median of " + ROUNDS + " rounds", "asleep", "awake");
        System.out.printf("%-44s %8.0f %8.0f%n", "the writer of the log", median(asleep), median(awake));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private void write() {
        while (true) {
            while (!reading) {
                LockSupport.parkNanos(10_000);
            }
            while (ring.poll() != null) {
                ring.release();
            }
        }
    }

    /** Hands over as many as there is room for, so that none is lost. */
    private double nanosADecision(boolean awake) {
        reading = awake;
        long began = THREADS.getCurrentThreadCpuTime();
        for (int decisions = 0; decisions < CAPACITY; decisions += BURST) {
            for (int i = 0; i < BURST; i++) {
                ring.record(DECISION, null, packet, Hook.INPUT, 1, 1);
            }
            ring.endOfBurst();
        }
        double taken = (double) (THREADS.getCurrentThreadCpuTime() - began) / CAPACITY;
        reading = true;
        while (!ring.isEmpty()) {
            Thread.onSpinWait();
        }
        return taken;
    }
}
