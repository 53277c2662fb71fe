package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.HostStateJson;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of a fleet at any time. Each method throws an {@link AssertionError} when something does not. */
final class FleetPromises {

    private static final String ROLLOUT = "fleet/rollout";
    private static final String REPORTS = "fleet/reports/";

    /** A revision that harms is tried by one host, or by those of the first percent. */
    private static final int FEW = 3;

    private static final Pattern SLOW = Pattern.compile("(host-[0-9]+) is slow");

    private final SharedPolicy policy;
    private final SharedRecords records;
    private final Consumer<String> notes;
    private final Predicate<String> away;

    /** The hosts that have tried a text. */
    private final Map<String, Set<String>> tried = new HashMap<>();

    private Optional<StoredRecord> checked = Optional.empty();
    private Optional<Rollout> last = Optional.empty();
    private long looks;

    /**
     * Looks at a fleet.
     *
     * @param notes hears what happens
     * @param away  whether a host has been down for so long that nobody may count with it
     */
    FleetPromises(SharedPolicy policy, SharedRecords records, Consumer<String> notes, Predicate<String> away) {
        this.policy = policy;
        this.records = records;
        this.notes = notes;
        this.away = away;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** How often was looked whether all holds. */
    long looks() {
        return looks;
    }

    /** A host tries a revision: it must be one that was published, to which it was led by its step. */
    Effect tries(String host, Pointer pointer, Manifest manifest) {
        looks++;
        Optional<Revision> revision = policy.revision(pointer.serial());
        require(revision.isPresent(), host + " is led to " + pointer.serial() + ", which nobody has published");
        require(
                manifest.serial() == pointer.serial()
                        && revision.map(Revision::hash).equals(Optional.of(manifest.policy())),
                host + " is given another content of " + pointer.serial());
        Effect effect = effectOf(pointer.serial());
        notes.accept(host + " tries " + pointer.serial() + " " + effect);
        require(effect != Effect.UNSOUND, "an unsound revision has reached " + host);
        if (effect.isPoison()) {
            triesPoison(host, pointer.serial());
        }
        return effect;
    }

    private void triesPoison(String host, long serial) {
        Set<String> hosts = tried.computeIfAbsent(textOf(serial), text -> new HashSet<>());
        hosts.add(host);
        require(hosts.size() <= FEW, "the poison " + serial + " was tried by " + hosts);
    }

    /** A control server has said that a report is stored. */
    void acknowledged(String host, HostReport report) {
        looks++;
        Optional<HostState> stored = records.get(REPORTS + host).map(FleetPromises::state);
        long serial = report.result() == Result.IN_FORCE
                ? stored.map(HostState::inForce).orElse(0L)
                : stored.map(HostState::refused).orElse(0L);
        require(
                serial == report.serial(),
                "a report of " + host + " on " + report.serial() + " was acknowledged, and the store has " + serial);
    }

    private static HostState state(StoredRecord record) {
        try {
            return HostStateJson.parse(record.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A control server has looked at the roll-out. */
    void driven() {
        looks++;
        Optional<StoredRecord> now = records.get(ROLLOUT);
        if (now.equals(checked) || now.isEmpty()) {
            return;
        }
        checked = now;
        Rollout rollout = parse(now.get());
        notes.accept("roll-out of " + rollout.serial() + " step " + rollout.step() + " " + rollout.stage() + " "
                + rollout.why());
        require(policy.revision(rollout.serial()).isPresent(), "nobody has published " + rollout.serial());
        last.ifPresent(before -> goesOn(before, rollout));
        last = Optional.of(rollout);
        check(rollout);
        rollout.under().ifPresent(this::check);
        if (rollout.stage() == Stage.FAILED) {
            Matcher slow = SLOW.matcher(rollout.why());
            require(!slow.lookingAt() || !away.test(slow.group(1)), "a host that is down was waited for: " + rollout);
        }
    }

    /** Control servers that know little of each other must not undo what one of them has done. */
    private static void goesOn(Rollout before, Rollout now) {
        require(
                now.serial() >= before.serial(),
                "the roll-out of " + before.serial() + " is followed by that of " + now.serial());
        if (now.serial() == before.serial()) {
            require(
                    now.step() >= before.step() && (before.stage() == Stage.RUNNING || now.stage() == before.stage()),
                    "the roll-out of " + now.serial() + " goes from step " + before.step() + ", " + before.stage()
                            + ", to step " + now.step() + ", " + now.stage());
        }
    }

    /** A poison goes no further than its first step. */
    private void check(Rollout rollout) {
        Effect effect = effectOf(rollout.serial());
        boolean goesOn = rollout.step() > 0 || rollout.stage() == Stage.DONE;
        require(
                !(effect.isPoison() && goesOn),
                "the poison " + rollout.serial() + " (" + effect + ") is in step " + rollout.step() + ", "
                        + rollout.stage());
        require(effect != Effect.UNSOUND, "the unsound revision " + rollout.serial() + " is rolled out");
    }

    private String textOf(long serial) {
        return SharedPolicy.text(policy.revision(serial).orElseThrow().files());
    }

    private Effect effectOf(long serial) {
        return Effect.of(textOf(serial));
    }

    private static Rollout parse(StoredRecord record) {
        try {
            return RolloutJson.parse(record.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether what a person has published has failed, and the fleet has not returned to what was before. */
    boolean isLeft() {
        return rollout()
                .filter(now -> now.stage() == Stage.FAILED && now.author().equals("ann"))
                .isPresent();
    }

    Optional<Rollout> rollout() {
        return records.get(ROLLOUT).map(FleetPromises::parse);
    }
}
