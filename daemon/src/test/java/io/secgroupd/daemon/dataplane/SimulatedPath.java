package io.secgroupd.daemon.dataplane;

import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.nfqueue.PacketQueue;
import io.secgroupd.daemon.nfqueue.VerdictBuffer;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;

/** The packet path of a simulated host: one packet at a time goes in, and its verdict comes out. */
public final class SimulatedPath implements PacketQueue {

    private static final int NF_ACCEPT = 1;
    private static final int VERDICT_AT = 24;

    private final PacketLoop loop;
    private byte[] waiting = {};
    private int answered;
    private boolean accepted;

    public SimulatedPath(ActivePolicy policy, DecisionSink sink) {
        loop = new PacketLoop(
                this,
                policy,
                new PacketJudge(Pickup.JUDGE, packet -> false),
                LoopSettings.DEFAULT,
                sink,
                new LoopListener() {
                    @Override
                    public void faulted(RuntimeException first) {
                        throw new IllegalStateException(first);
                    }

                    @Override
                    public void stopped(Throwable fault) {
                        throw new IllegalStateException(fault);
                    }
                });
    }

    /** Whether a packet that meets this hook, a number of netfilter's, passes. */
    public boolean passes(int hook, byte[] packet) throws IOException {
        int before = answered;
        waiting = PacketMessages.packet(1, hook, 3, packet);
        loop.serveBurst();
        if (answered != before + 1) {
            throw new IllegalStateException("one packet got " + (answered - before) + " answers");
        }
        return accepted;
    }

    /** How many packets were judged, by what the loop has counted. */
    public long decisions() {
        long sum = 0;
        for (Direction direction : Direction.values()) {
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    sum += loop.counters().decisions(direction, verdict, reason);
                }
            }
        }
        return sum;
    }

    @Override
    public int number() {
        return 4700;
    }

    @Override
    public int messageBytes() {
        return 2048;
    }

    @Override
    public void read(DatagramBatch into) {
        into.clear();
        if (waiting.length > 0) {
            into.buffer().network().put(into.start(0), waiting);
            into.add(waiting.length);
            waiting = new byte[0];
        }
    }

    @Override
    public boolean write(VerdictBuffer verdicts) {
        answered += verdicts.count();
        accepted = verdicts.buffer().network().getInt(VERDICT_AT) == NF_ACCEPT;
        return true;
    }

    @Override
    public FileDescriptor descriptor() {
        throw new UnsupportedOperationException("no event loop watches it");
    }

    @Override
    public void close() {}
}
