package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Reports on the skeleton that this daemon has installed. */
final class InstalledHooksReport implements HooksReport {

    /** Reading starts processes, and a client that asks for metrics must not be able to start many. */
    private static final long KEEP = Duration.ofSeconds(1).toNanos();

    private final Hooks hooks;
    private final Hooks.Installed installed;
    private final SkeletonSettings settings;
    private final LongSupplier restored;
    private List<KernelCount> counts = List.of();
    private long readAt = System.nanoTime() - KEEP;

    InstalledHooksReport(Hooks hooks, Hooks.Installed installed, SkeletonSettings settings, LongSupplier restored) {
        this.hooks = hooks;
        this.installed = installed;
        this.settings = settings;
        this.restored = restored;
    }

    @Override
    public String version() {
        return installed.version();
    }

    @Override
    public long restored() {
        return restored.getAsLong();
    }

    /** The counts, at most a second old. */
    @Override
    public synchronized List<KernelCount> counts() {
        if (System.nanoTime() - readAt >= KEEP) {
            counts = read();
            readAt = System.nanoTime();
        }
        return counts;
    }

    private List<KernelCount> read() {
        try {
            return hooks.counts(installed.backend(), settings).stream()
                    .map(count ->
                            new KernelCount(count.hook().word(), count.step().word(), count.packets()))
                    .toList();
        } catch (HooksException unreadable) {
            return List.of(); // the guard reports the reason at its next check
        }
    }
}
