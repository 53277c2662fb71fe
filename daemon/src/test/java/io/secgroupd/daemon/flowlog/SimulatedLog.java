package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.terms.FlowLogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The flow log of a simulated host, whose writer writes when it is told to. */
public final class SimulatedLog {

    /** Few, so that a disk that is full for a while makes it lose some. */
    private static final int RING = 64;

    private final FlowRing ring;
    private final FlowLogWriter writer;

    public SimulatedLog(Path file, LongSupplier epochMillis, LongSupplier nanoTime) {
        ring = new FlowRing(RING, FlowRing.Wanted.ALL, false, epochMillis);
        writer = new FlowLogWriter(
                List.of(ring),
                new FlowLogTarget(file, FlowLogFormat.JSON, "ab12cd34", "web", Duration.ofMinutes(1), 1_000_000, 10),
                FlowTap.NONE,
                null,
                new RefusalCache("a simulated kernel refuses nothing"),
                new LogClock(epochMillis, nanoTime));
    }

    /** What the packet path hands its decisions to. */
    public FlowRing ring() {
        return ring;
    }

    public void write() {
        writer.writeOnce();
    }

    /** Writes what waits, as at an orderly stop. */
    public void stop() {
        writer.finish();
    }
}
