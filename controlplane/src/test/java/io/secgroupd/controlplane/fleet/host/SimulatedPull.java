package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.host.RevisionIntake.Outcome;
import io.secgroupd.controlplane.fleet.host.RevisionIntake.RevisionParts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** What {@code secgroupd pull} does with revisions, wired as {@link Pull} does it, without threads and sockets. */
public final class SimulatedPull {

    private final RevisionIntake revisions;
    private final PullState remembered;

    /** A step of writing, before which the simulation may do something. */
    public interface StepListener {
        void before(String step) throws IOException;
    }

    /**
     * Where it runs.
     *
     * @param directory with {@code rules.yaml} and {@code pull.token} in it; the state is beside them
     * @param pieces    of the control server that is asked now, by hash; empty when it cannot be reached
     * @param reached   whether a server answers under the rules of a trial
     */
    public record Surroundings(
            Path directory,
            HostDaemon daemon,
            Function<String, Optional<byte[]>> pieces,
            BooleanSupplier reached,
            StepListener steps) {}

    /** Starts it; it works when it is told to. */
    public SimulatedPull(Surroundings around) throws IOException {
        Path state = around.directory().resolve("state");
        WholeFiles.makeDirectory(state);
        remembered = new PullState(state);
        var settings = new PullSettings(
                List.of(URI.create("http://server")),
                "web-1",
                around.directory().resolve("pull.token"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                around.directory().resolve("rules.yaml"),
                around.directory().resolve("none.sock"),
                false);
        var feed = new FeedClient(settings, PullTimes.DEFAULT, new PieceWire(around.pieces()));
        var files = new HostFiles(settings, around.steps()::before);
        var cache = new PieceCache(state);
        var handOver = new HandOver(
                around.daemon(),
                files,
                new FilesJournal(state),
                remembered,
                around.reached()::getAsBoolean,
                PullTimes.DEFAULT,
                around.steps()::before);
        var parts = new RevisionParts(
                new Fetch(feed, files, cache, List.of()),
                cache,
                files,
                handOver,
                remembered,
                new Refusals(PullTimes.DEFAULT.minute()));
        revisions = new RevisionIntake(parts, around.daemon(), "simulated");
    }

    /** One question to the control server, and what comes of the answer, as a round of {@link Follower} does it. */
    public void round(Optional<Pointer> answer, Consumer<HostReport> reports) throws IOException {
        revisions.settle().forEach(reports);
        if (answer.isPresent()) {
            Optional<Outcome> outcome = revisions.take(answer.get());
            outcome.map(Outcome::report).ifPresent(reports);
        }
    }

    /** The serial that is followed; 0 for none. */
    public long serial() throws IOException {
        return remembered.followed().map(Followed::serial).orElse(0L);
    }
}
