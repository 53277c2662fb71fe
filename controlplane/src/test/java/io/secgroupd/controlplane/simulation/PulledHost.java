package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.host.SimulatedPull;
import io.secgroupd.rules.file.UnfinishedFiles;
import io.secgroupd.rules.testkit.RecentHistory;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files and the daemon of a host that follows a fleet, and what must hold of them at any time. */
final class PulledHost {

    private static final long BY_HAND = Long.MAX_VALUE;

    final SimulatedClock clock;
    final PulledDaemon daemon;
    private final Path directory;
    private final RecentHistory history;

    /** The serial of each policy that somebody has made, by its hash. */
    private final Map<String, Long> known = new HashMap<>();

    /** The policy that was refused last, which alone is remembered. */
    private Optional<String> refused = Optional.empty();

    private Optional<String> byHand = Optional.empty();
    private long followed;
    private long looks;

    /** @param directory for its files */
    PulledHost(Path directory, SimulatedClock clock) throws IOException {
        this.directory = directory;
        this.clock = clock;
        history = new RecentHistory(clock);
        Path token = Files.writeString(
                directory.resolve("pull.token"), HostToken.make("web-1").text() + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        for (Map.Entry<String, String> file : PulledText.INSTALLED.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        known.put(PulledText.policy(PulledText.INSTALLED), 0L);
        daemon = new PulledDaemon(directory.resolve(PulledText.RULES), clock);
    }

    Path directory() {
        return directory;
    }

    void note(String what) {
        history.note(what);
    }

    Iterable<String> history() {
        return history;
    }

    long looks() {
        return looks;
    }

    /** Somebody has published a revision. */
    void knows(PulledText revision) {
        known.put(revision.policy(), revision.pointer().serial());
    }

    /** An operator has made a text. Returns the hash of its policy. */
    String knowsByHand(String text) {
        String policy = PulledText.policy(Map.of(PulledText.RULES, text));
        known.put(policy, BY_HAND);
        return policy;
    }

    /** An operator replaces the rules file. */
    void edit(String text) {
        note("an edit by hand");
        var unused = knowsByHand(text);
        byHand = Optional.of(text);
        try {
            Files.writeString(directory.resolve(PulledText.RULES), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The disk has no room for a journal, or has it again. */
    void fillJournal(boolean full) throws IOException {
        Path begun = directory.resolve("state/journal.new");
        if (full && Files.notExists(begun)) {
            Files.createFile(begun); // in the place of the directory that is to be made
        } else if (!full && Files.isRegularFile(begun)) {
            Files.delete(begun);
        }
    }

    /** A candidate goes on trial. */
    void tried(String policy) {
        FleetPromises.require(
                !refused.equals(Optional.of(policy)), "a revision is tried again that was refused before");
    }

    boolean isRefused(PulledText revision) {
        return refused.equals(Optional.of(revision.policy()));
    }

    /** What was refused before may be tried again. */
    void forgetRefused() {
        refused = Optional.empty();
    }

    /** What is said of a revision must be so. */
    void reported(HostReport report) {
        note(report.result() + " " + report.serial() + " " + report.problem());
        if (report.result() != Result.IN_FORCE) {
            refused = Optional.of(report.policy());
            return;
        }
        refused = Optional.empty();
        boolean judges = daemon.isOnOwnTrial()
                || daemon.judging().orElse(report.policy()).equals(report.policy());
        FleetPromises.require(judges, report.serial() + " is told to be in force, and is not");
        FleetPromises.require(
                serialOf(report.policy()) == report.serial(), report.serial() + " is in force with another policy");
    }

    private long serialOf(String policy) {
        Long serial = known.get(policy);
        FleetPromises.require(serial != null, "there is a policy that nobody has made");
        return serial == null ? 0 : serial;
    }

    /** Looks at what judges, and what is followed. */
    void look(SimulatedPull pull) throws IOException {
        looks++;
        long now = pull.serial();
        FleetPromises.require(now >= followed, "the host follows " + now + " after " + followed);
        followed = now;
        if (daemon.judging().isPresent()) {
            long serial = serialOf(daemon.judging().get());
            FleetPromises.require(serial >= now, "the host judges by " + serial + ", and follows " + now);
        }
    }

    /** Looks at the files while nobody writes them. */
    void lookAtRest() throws IOException {
        FleetPromises.require(
                UnfinishedFiles.problem(directory.resolve(PulledText.RULES)).isEmpty(),
                "the files are marked as unfinished");
        FleetPromises.require(Files.notExists(directory.resolve("state/journal")), "the journal has not ended");
        FleetPromises.require(!daemon.isOnTrial() || daemon.isOnOwnTrial(), "a trial goes on");
        if (byHand.isPresent()) {
            FleetPromises.require(isKept(byHand.get()), "an edit by hand is lost");
        }
    }

    private boolean isKept(String text) throws IOException {
        for (String name : List.of("", ".before-fleet", ".meanwhile.before-fleet")) {
            Path file = directory.resolve(PulledText.RULES + name);
            if (Files.exists(file) && Files.readString(file).equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** Looks whether a revision is in force, and on the disk. */
    void requireInForce(PulledText revision) {
        daemon.look();
        FleetPromises.require(
                daemon.judging().equals(Optional.of(revision.policy()))
                        && followed == revision.pointer().serial(),
                revision.pointer().serial() + " is not in force; the host follows " + followed);
    }
}
