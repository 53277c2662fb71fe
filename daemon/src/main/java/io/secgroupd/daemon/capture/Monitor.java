package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.capture.LiveCapture.CaptureLoss;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.DecisionSink;
import io.secgroupd.daemon.dataplane.DecisionTotals;
import io.secgroupd.daemon.dataplane.DecisionTotals.DecisionLatency;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Judges copies of what passes this host's interfaces, on a thread of its own. It owns the capture from the start on. */
public final class Monitor implements DecisionTotals, AutoCloseable {

    private static final int FLOWS = 65_536;
    private static final int BURST = 64;
    /** Packets may gather in the buffer for this long, because nobody waits for the answer. */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long HOUSEKEEPING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_MILLIS = 3000;

    private final LiveCapture capture;
    private final ActivePolicy policy;
    private final MonitorSettings settings;
    private final DecisionSink sink;
    private final LoopListener listener;
    private final LoopCounters counters = new LoopCounters();
    private final FirstPacketDetector firstPackets = new FirstPacketDetector(FLOWS);
    private final FrameJudge judge;
    private final Thread thread;
    private long lastHousekeeping;
    private volatile Heartbeat heartbeat = new Heartbeat(Long.MAX_VALUE, () -> {});
    private volatile CaptureLoss loss = CaptureLoss.NONE;
    private volatile long forgotten;
    private volatile boolean closing;

    private static final class Heartbeat {
        final long everyNanos;
        final Runnable beat;
        long last = System.nanoTime();

        Heartbeat(long everyNanos, Runnable beat) {
            this.everyNanos = everyNanos;
            this.beat = beat;
        }
    }

    private Monitor(
            LiveCapture capture,
            ActivePolicy policy,
            MonitorSettings settings,
            PacketJudge packetJudge,
            DecisionSink sink,
            LoopListener listener) {
        this.capture = capture;
        this.policy = policy;
        this.settings = settings;
        this.sink = sink;
        this.listener = listener;
        this.judge = new FrameJudge(capture.link(), settings, firstPackets, sink, counters, packetJudge);
        this.thread = new Thread(this::run, "monitor");
        thread.setDaemon(true);
    }

    /**
     * Starts to judge packets.
     *
     * @param packetJudge judges as the packet path would
     * @param listener told when a fault has ended the monitor
     */
    public static Monitor start(
            LiveCapture capture,
            ActivePolicy policy,
            MonitorSettings settings,
            PacketJudge packetJudge,
            DecisionSink sink,
            LoopListener listener) {
        var monitor = new Monitor(capture, policy, settings, packetJudge, sink, listener);
        monitor.judge.hostHas(settings.localAddresses().get());
        monitor.lastHousekeeping = System.nanoTime();
        monitor.thread.start();
        return monitor;
    }

    private void run() {
        try (capture) {
            while (!closing) {
                if (!judgeBurst()) {
                    LockSupport.parkNanos(this, NAP_NANOS);
                }
                keepHouse(System.nanoTime());
            }
            loss = capture.loss();
        } catch (CaptureException | RuntimeException | Error fault) {
            listener.stopped(fault);
        }
    }

    /** Returns false when no more packets wait. */
    private boolean judgeBurst() throws CaptureException {
        PolicyInForce inForce = policy.inForce();
        long now = System.currentTimeMillis();
        int frames = 0;
        for (; frames < BURST; frames++) {
            byte[] frame = capture.next();
            if (frame == null) {
                break;
            }
            judge.judge(frame, inForce, now);
        }
        if (frames > 0) {
            sink.endOfBurst();
        }
        return frames == BURST;
    }

    private void keepHouse(long now) throws CaptureException {
        Heartbeat beating = heartbeat;
        if (now - beating.last >= beating.everyNanos) {
            beating.last = now;
            beating.beat.run();
        }
        if (now - lastHousekeeping >= HOUSEKEEPING_NANOS) {
            lastHousekeeping = now;
            loss = capture.loss();
            forgotten = firstPackets.forgotten();
            judge.hostHas(settings.localAddresses().get());
        }
    }

    /** Runs a task repeatedly between packets, so that a monitor that hangs stops it. */
    public void heartbeat(Duration every, Runnable beat) {
        heartbeat = new Heartbeat(every.toNanos(), beat);
    }

    @Override
    public List<LoopCounters> counters() {
        return List.of(counters);
    }

    /** Returns an empty result, because no packet waits for a monitor. */
    @Override
    public DecisionLatency latency() {
        return new DecisionLatency(new Histogram(1), 0);
    }

    /** The counts that libpcap reports, at most a second old. */
    public CaptureLoss loss() {
        return loss;
    }

    /** How many flows found no room in the table of first packets, so that their next packet was judged once more. */
    public long forgottenFlows() {
        return forgotten;
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the caller of close() does not want to wait
        }
    }
}
