package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.host.RevisionIntake.RevisionParts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host that follows its fleet. It has one thread, a second one when it reports its addresses, and one connection at rest. */
public final class Pull implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pull.class);

    private final Follower follower;
    private final Thread thread;
    private final Optional<AddressReporter> reporter;
    private final Optional<Thread> reporting;
    private final Stop stop;

    private Pull(Follower follower, Optional<AddressReporter> reporter, Stop stop) {
        this.follower = follower;
        this.reporter = reporter;
        this.stop = stop;
        this.thread = new Thread(follower, "pull");
        this.reporting = reporter.map(task -> new Thread(task, "pull-addresses"));
    }

    /**
     * Begins to follow.
     *
     * @param state   a directory that nobody else writes to
     * @param program its version, for the reports
     * @throws IOException with a sentence for the operator: the token, the certificates or the state cannot be read
     */
    public static Pull start(PullSettings settings, Path state, HostDaemon daemon, String program) throws IOException {
        return start(settings, state, daemon, program, PullTimes.DEFAULT, step -> {});
    }

    static Pull start(
            PullSettings settings,
            Path state,
            HostDaemon daemon,
            String program,
            PullTimes times,
            HostFiles.Steps steps)
            throws IOException {
        var unused = TokenFile.read(settings);
        WholeFiles.makeDirectory(state);
        var remembered = new PullState(state);
        long serial = remembered.followed().map(Followed::serial).orElse(0L);
        var stop = new Stop();
        var clients = new HttpClients(settings.ca(), settings.certificate());
        var feed = new FeedClient(settings, times, clients.fresh());
        var files = new HostFiles(settings, steps);
        var cache = new PieceCache(state);
        var refusals = new Refusals(times.minute());
        var proof = new Proof(settings, times, clients, stop);
        var handOver = new HandOver(daemon, files, new FilesJournal(state), remembered, proof, times, steps);
        var fetch = new Fetch(feed, files, cache, settings.trust());
        var parts = new RevisionParts(fetch, cache, files, handOver, remembered, refusals);
        var revisions = new RevisionIntake(parts, daemon, program);
        var backoff = new Backoff(times, new Random());
        var follower = new Follower(feed, revisions, daemon, refusals, times, backoff, stop);
        Optional<AddressReporter> reporter = settings.reports()
                ? Optional.of(new AddressReporter(
                        feed, OwnAddresses::read, times.look(), new Backoff(times, new Random()), stop))
                : Optional.empty();
        var pull = new Pull(follower, reporter, stop);
        pull.thread.start();
        pull.reporting.ifPresent(Thread::start);
        LOG.info("pull.ready host={} servers={} serial={}", settings.host(), servers(settings), serial);
        return pull;
    }

    private static String servers(PullSettings settings) {
        return settings.servers().stream().map(URI::toString).collect(Collectors.joining(","));
    }

    /** Ends. A revision that is on trial is confirmed or taken back first. */
    @Override
    public void close() {
        stop.stop();
        follower.wake();
        reporter.ifPresent(AddressReporter::wake);
        try {
            thread.join();
            if (reporting.isPresent()) {
                reporting.get().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
