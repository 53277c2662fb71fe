package io.secgroupd.controlplane.fleet.rollout;

import io.secgroupd.controlplane.fleet.rollout.StepVerdict.Halt;
import io.secgroupd.controlplane.fleet.rollout.StepVerdict.Next;
import io.secgroupd.controlplane.fleet.rollout.StepVerdict.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Judges by what the hosts of a step say whether a roll-out may go on. */
public final class Health {

    /** So long a host that is gone already counts as connected. */
    public static final Duration GRACE = Duration.ofSeconds(30);

    /** A host that has got a revision is heard of at once, and harm shall be taken back within a minute. */
    static final Duration LOST_AFTER = Duration.ofSeconds(45);

    static final Duration SLOW_AFTER = Duration.ofSeconds(45);

    private final Rollout rollout;
    private final List<HostState> members;
    private final Instant now;

    private Health(Rollout rollout, List<HostState> members, Instant now) {
        this.rollout = rollout;
        this.members = members;
        this.now = now;
    }

    /**
     * Judges a roll-out that is running.
     *
     * @param hosts all that are known, or at least those that the steps so far reach
     */
    public static StepVerdict judge(Rollout rollout, Collection<HostState> hosts, Instant now) {
        List<HostState> members = hosts.stream()
                .filter(host -> StepMembers.isIn(rollout, host.host(), rollout.step()))
                .sorted(Comparator.comparing(HostState::host))
                .toList();
        var health = new Health(rollout, members, now);
        return health.trouble().<StepVerdict>map(Halt::new).orElseGet(health::progress);
    }

    private Optional<String> trouble() {
        return first(this::refuses, this::refusal)
                .or(() -> first(this::isLost, this::loss))
                .or(() -> first(this::refusesMore, host -> RefusalRise.sentence(host, rollout.serial())))
                .or(() -> first(this::isSlow, this::slowness));
    }

    /** A sentence on the first host that is so, and how many others are. */
    private Optional<String> first(Predicate<HostState> isSo, Function<HostState, String> sentence) {
        List<HostState> found = members.stream().filter(isSo).toList();
        return found.stream().findFirst().map(sentence).map(said -> switch (found.size()) {
            case 1 -> said;
            case 2 -> said + " One more host is so.";
            default -> said + " " + (found.size() - 1) + " more hosts are so.";
        });
    }

    private boolean refuses(HostState host) {
        return host.hasRefused(rollout.serial()) && !isAccepted(host);
    }

    /** Whether the person who resumed the roll-out knew of it. */
    private boolean isAccepted(HostState host) {
        return host.changed().isBefore(rollout.accepted());
    }

    private String refusal(HostState host) {
        String what = host.takenBack() ? "has tried and taken back" : "has refused";
        return host.host() + " " + what + " revision " + rollout.serial() + ": " + host.problem();
    }

    private boolean isLost(HostState host) {
        return isMissed(host) && isOver(host.seen(), LOST_AFTER);
    }

    /**
     * Whether it is gone, and counted as connected when the step began; one that was away before is not waited for. Perhaps it is
     * the revision that has ended it: until it is lost or back, the step goes no further.
     */
    private boolean isMissed(HostState host) {
        return !host.connected() && !host.seen().isBefore(rollout.since().minus(GRACE));
    }

    private boolean isOver(Instant since, Duration time) {
        return now.isAfter(since.plus(time));
    }

    private String loss(HostState host) {
        return host.host() + " is lost: it was last heard of at " + host.seen() + ", and step "
                + rollout.settings().name(rollout.step()) + " of revision " + rollout.serial() + " began at "
                + rollout.since() + ".";
    }

    private boolean refusesMore(HostState host) {
        boolean known = RefusalRise.MINUTE.compareTo(Duration.between(host.changed(), rollout.accepted())) <= 0;
        return host.inForce() == rollout.serial() && !known && RefusalRise.haveRisen(host);
    }

    private boolean isSlow(HostState host) {
        return isAwaited(host) && isOver(later(rollout.since(), host.joined()), SLOW_AFTER);
    }

    /** Whether it is there, and has not said anything of the revision. */
    private boolean isAwaited(HostState host) {
        return host.connected() && !host.has(rollout.serial()) && !host.hasRefused(rollout.serial());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private String slowness(HostState host) {
        return host.host() + " is slow: it is connected, and has had revision " + rollout.serial() + " on offer for "
                + SLOW_AFTER.toSeconds() + " s.";
    }

    private StepVerdict progress() {
        long awaited = members.stream().filter(this::isAwaited).count();
        if (awaited > 0) {
            return new Wait(awaited + " of "
                    + members.stream().filter(HostState::connected).count()
                    + " connected hosts of this step do not have the revision yet.");
        }
        long missed = members.stream().filter(this::isMissed).count();
        if (missed > 0) {
            return new Wait(missed + " hosts of this step are not heard of any longer.");
        }
        Instant end = lastChange().plus(rollout.settings().hold());
        if (now.isBefore(end)) {
            return new Wait("The hosts of this step have the revision; it is watched until " + end + ".");
        }
        return isFirstMinuteMissing(end)
                ? new Wait("What the hosts of this step refused in their first minute is not known of all of them yet.")
                : new Next();
    }

    /** When the last of the hosts got the revision. A step that has reached no further host is not held. */
    private Instant lastChange() {
        return members.stream()
                .filter(host -> host.connected() && host.inForce() == rollout.serial())
                .map(HostState::changed)
                .reduce(Instant.EPOCH, Health::later);
    }

    /** A host counts for a minute, and then says what it has counted; who holds a step for less does not want to know. */
    private boolean isFirstMinuteMissing(Instant end) {
        return rollout.settings().hold().compareTo(RefusalRise.MINUTE) >= 0
                && !isOver(end, RefusalRise.REPORT_WITHIN)
                && members.stream()
                        .anyMatch(host -> host.connected() && RefusalRise.areAwaited(host, rollout.serial()));
    }
}
