package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Those who publish revisions, at the store itself. Each edits what was the newest when the edit began. */
final class FleetOperators {

    private final LivingFleet fleet;
    private final SharedPolicy policy;
    private final Line line;
    private final FleetDesk desk;
    private int count;

    /** @param line theirs to the store */
    FleetOperators(LivingFleet fleet, SharedPolicy policy, SharedRecords records, Line line) throws IOException {
        this.fleet = fleet;
        this.policy = policy;
        this.line = line;
        desk = new FleetDesk(new PolicyLink(policy, new RecordLink(records, line), line), fleet.clockOfAll());
    }

    void enrol(String host) throws IOException {
        var unused = desk.enrol(host, List.of(), "ann");
    }

    /** From now on the store answers each of them. */
    void mend() {
        line.mend();
    }

    /** One of them begins an edit, and publishes it a while later. */
    void edit(Effect effect, long millis) {
        Revision base = policy.newest();
        int number = ++count;
        fleet.after(millis, () -> {
            var unused = publish(base, number, effect);
        });
    }

    /** Publishes. Returns the revision when it is known that there is one. */
    Optional<Revision> publish(Revision base, int number, Effect effect) {
        PolicyFiles files = SharedPolicy.files(effect.text(number));
        ReadResult read = PolicyReader.read(files);
        Revision before = policy.newest();
        try {
            Optional<Long> serial =
                    desk.publish(base, files, read, fleet.origin(effect.name()), Optional.empty(), Optional.empty());
            fleet.note("on " + base.serial() + " published " + serial + " " + effect);
            return serial.isPresent() ? Optional.of(stored(serial.get(), read)) : refused(base, before);
        } catch (IOException e) {
            fleet.note("perhaps published " + effect + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Revision stored(long serial, ReadResult read) {
        Revision newest = policy.newest();
        FleetPromises.require(
                newest.serial() == serial && newest.hash().equals(read.hash()),
                "an edit was acknowledged as " + serial + ", and the store does not have it");
        return newest;
    }

    private Optional<Revision> refused(Revision base, Revision before) {
        FleetPromises.require(base.serial() != before.serial(), "an edit of the newest revision was refused");
        FleetPromises.require(policy.newest().serial() == before.serial(), "an edit was refused, and stored");
        return Optional.empty();
    }

    /** One of them publishes what does no harm, and waits for the answer. */
    Revision publishGood() {
        return publish(policy.newest(), ++count, Effect.GOOD)
                .orElseThrow(() -> new AssertionError("an edit was refused"));
    }
}
