package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** Counts refused packets of a minute, from what the daemon says every now and then. */
final class Refusals {

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Duration minute;

    Refusals(Duration minute) {
        this.minute = minute;
    }

    private record Sample(long nanos, DaemonState state) {}

    /** Notes how the daemon stands. */
    void note(DaemonState state, long nanos) {
        samples.addLast(new Sample(nanos, state));
        while (samples.size() > 2 && nanos - second() >= minute.toNanos()) {
            samples.removeFirst();
        }
    }

    private long second() {
        return samples.stream().skip(1).findFirst().map(Sample::nanos).orElse(0L);
    }

    /**
     * Packets that were refused in the minute before now, from the sample that is nearest to a minute ago; empty when what is
     * known is of less than a quarter of a minute, or the daemon was started since.
     */
    OptionalLong before(DaemonState now, long nanos) {
        Sample first = samples.peekFirst();
        if (first == null
                || !first.state().start().equals(now.start())
                || nanos - first.nanos() < minute.toNanos() / 4) {
            return OptionalLong.empty();
        }
        double part = (double) minute.toNanos() / (nanos - first.nanos());
        return OptionalLong.of(
                Math.max(0, Math.round((now.refused() - first.state().refused()) * part)));
    }

    /** The first minute of a revision, which began when the daemon stood like this. */
    FirstMinute first(HostReport report, DaemonState begun, long nanos) {
        return new FirstMinute(report, begun, nanos + minute.toNanos());
    }

    /** Packets that were refused from one state to another; empty when the daemon was started in between. */
    static OptionalLong between(DaemonState one, DaemonState other) {
        return one.start().equals(other.start())
                ? OptionalLong.of(Math.max(0, other.refused() - one.refused()))
                : OptionalLong.empty();
    }
}
