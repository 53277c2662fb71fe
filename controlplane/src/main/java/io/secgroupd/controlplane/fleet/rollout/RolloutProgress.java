package io.secgroupd.controlplane.fleet.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says what becomes of a roll-out, and of the one under it, by what the hosts say. */
public final class RolloutProgress {

    private RolloutProgress() {}

    /** The roll-out as it goes on, or as it ends; empty while it is as it was. */
    public static Optional<Rollout> of(Rollout rollout, List<HostState> hosts, Instant now) {
        return rollout.under()
                .flatMap(under -> afterUnder(rollout, under, hosts, now))
                .or(() -> after(rollout, hosts, now));
    }

    private static Optional<Rollout> afterUnder(Rollout rollout, Rollout under, List<HostState> hosts, Instant now) {
        StepVerdict verdict = Health.judge(under, hosts, now);
        if (verdict instanceof StepVerdict.Halt no) {
            return Optional.of(rollout.failWithUnder(no.why(), now));
        }
        // When its hosts have all gone on to the newer one before its time was over, nobody has tried it.
        boolean tried = !under.isUntried() || hosts.stream().anyMatch(host -> tries(host, rollout, under));
        return tried && verdict instanceof StepVerdict.Next
                ? Optional.of(rollout.with(under.next(now)))
                : Optional.empty();
    }

    private static boolean tries(HostState host, Rollout rollout, Rollout under) {
        return host.connected()
                && host.inForce() == under.serial()
                && StepMembers.serialFor(rollout, host.host()) == under.serial();
    }

    private static Optional<Rollout> after(Rollout rollout, List<HostState> hosts, Instant now) {
        StepVerdict verdict = Health.judge(rollout, hosts, now);
        if (verdict instanceof StepVerdict.Halt no) {
            return Optional.of(rollout.fail(no.why(), now));
        }
        if (!(verdict instanceof StepVerdict.Next)) {
            return Optional.empty();
        }
        return rollout.isUntried() && isEmpty(rollout, hosts)
                ? again(rollout, hosts, now)
                : Optional.of(rollout.next(now));
    }

    /** Whether its step has no host that is there, though others are, or have been. */
    private static boolean isEmpty(Rollout rollout, List<HostState> hosts) {
        return haveCome(hosts)
                && hosts.stream()
                        .noneMatch(host -> host.connected() && StepMembers.isIn(rollout, host.host(), rollout.step()));
    }

    /** Those of the first step were gone already when it began, which was not known yet: another host tries it. */
    private static Optional<Rollout> again(Rollout rollout, List<HostState> hosts, Instant now) {
        RolloutSettings other = FirstHost.in(rollout.settings(), hosts);
        return other.equals(rollout.settings()) ? Optional.empty() : Optional.of(rollout.from(other, now));
    }

    /** Whether any host has ever been there. */
    public static boolean haveCome(List<HostState> hosts) {
        return hosts.stream().anyMatch(host -> host.seen().isAfter(Instant.EPOCH));
    }
}
