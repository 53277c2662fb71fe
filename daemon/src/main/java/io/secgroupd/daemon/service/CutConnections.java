package io.secgroupd.daemon.service;

import io.secgroupd.daemon.conntrack.LiveConnections;
import io.secgroupd.daemon.dataplane.CutFlows;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.rules.decide.PacketFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles running connections when the policy changes, as the setting {@code established} says. Connections that were cut
 * are checked again shortly after, and then at growing intervals, because a rule of another program that writes the whole
 * connection mark clears our bit with the next packet.
 */
final class CutConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CutConnections.class);

    private static final Duration FIRST_LOOK = Duration.ofMillis(500);

    /** Listing a table of a million entries takes a second, so the checks come no faster than this. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LiveConnections connections;
    private final CutFlows cutFlows;
    private final Existing setting;
    private final Supplier<List<String>> markWriters;
    private List<String> markWritersTold = List.of();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cut-connections");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<?> look;
    private boolean obstacleTold;

    /**
     * Creates the handler, which cuts nothing yet.
     *
     * @param cutFlows receives the connections that must not be picked up again
     * @param setting what happens to running connections unless a caller asks for something else
     * @param markWriters returns a sentence for each rule of another program that clears the mark; finding them starts
     * processes
     */
    CutConnections(
            LiveConnections connections, CutFlows cutFlows, Existing setting, Supplier<List<String>> markWriters) {
        this.connections = connections;
        this.cutFlows = cutFlows;
        this.setting = setting;
        this.markWriters = markWriters;
    }

    /**
     * Warns of rules that would undo a cut, before there is one, on the handler's own thread. It starts processes, which the first
     * packets after a start need not wait for.
     */
    void tellMarkWriters() {
        if (setting == Existing.CUT) {
            var unused = later.schedule(this::lookForMarkWriters, FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized boolean lookForMarkWriters() {
        List<String> found = markWriters.get();
        if (!found.equals(markWritersTold)) {
            found.forEach(writer -> LOG.warn("marks.foreign: {}", writer));
            markWritersTold = found;
        }
        return !found.isEmpty();
    }

    /**
     * Handles connections that this policy, which is already in force, does not allow. A failure leaves connections alive
     * and is only reported, because that does less harm than the old policy would.
     *
     * @param asked what the caller wants instead of the setting
     * @param settled waits for the packets that the earlier policy judged; returns false when it gave up
     */
    synchronized void follow(PacketFilter filter, Optional<Existing> asked, BooleanSupplier settled) {
        if (look != null) {
            look.cancel(false); // connections that were cut before may be allowed now
            look = null;
        }
        Existing existing = asked.orElse(setting);
        if (existing == Existing.KEEP) {
            return;
        }
        // A connection whose first packet is judged but not yet answered appears in no listing.
        if (!settled.getAsBoolean()) {
            LOG.error(
                    "connections.unsettled: some connections that the policy before allowed may begin unseen and live on");
        }
        try {
            if (existing == Existing.CUT) {
                cut(filter);
            } else {
                LiveConnections.Result result = connections.preview(filter);
                LOG.info("connections.reported count={} without_rule={}", result.judged(), result.cut());
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("connections.failed: some connections that lost their rule may live on", e);
        }
    }

    private void cut(PacketFilter filter) throws IOException {
        LiveConnections.Result result = connections.follow(filter);
        cutFlows.replace(connections.cutFlows());
        LOG.info(
                "connections.judged count={} cut={} revived={} sockets_destroyed={}",
                result.judged(),
                result.cut(),
                result.revived(),
                result.destroyed());
        result.obstacle().ifPresent(this::tellObstacle);
        if (result.cut() > 0 && lookForMarkWriters()) {
            connections.verify(true);
        }
        lookAgain(FIRST_LOOK);
    }

    private void tellObstacle(String why) {
        if (!obstacleTold) {
            obstacleTold = true;
            LOG.warn(
                    "connections.sockets_kept: {}; cut connections are known by their mark alone, until the kernel"
                            + " forgets them; a kernel with CONFIG_INET_DIAG_DESTROY ends their sockets too",
                    why);
        }
    }

    private void lookAgain(Duration pause) {
        look = later.schedule(() -> verify(pause), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void verify(Duration pause) {
        try {
            LiveConnections.Again found = connections.verify(false);
            if (found.unmarked() > 0) {
                LOG.warn(
                        "connections.unmarked count={}: they were cut, and another program has written their mark anew;"
                                + " they are cut again; secgroupd doctor names the rule that writes it",
                        found.unmarked());
            }
            if (found.known() > 0) {
                lookAgain(pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("connections.failed: some connections that were cut may live on", e);
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
