package io.secgroupd.controlplane.console.traffic;

import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.console.traffic.RawFlow.LineField;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the flow log of the daemon of this host while a page asks about it, so that it costs nothing otherwise. Safe for use
 * by several threads.
 */
final class FlowWatch implements AutoCloseable {

    /** So long after the last question it ends. */
    static final Duration LINGER = Duration.ofSeconds(30);

    /** A daemon that is away is asked again no sooner. */
    static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(FlowWatch.class);

    private final ConsoleHost host;
    private final Clock clock;
    private final RefusedPairs refused;
    private final RecentFlows ring = new RecentFlows();
    private final FlowRates rates = new FlowRates();
    private Instant asked = Instant.MIN;
    private Instant tried = Instant.MIN;
    private @Nullable Following following;

    /** One time of following, from its begin until the daemon or this end it. */
    private static final class Following {
        private @Nullable AutoCloseable connection;
        private boolean lost;
    }

    FlowWatch(ConsoleHost host, RefusedPairs refused, Clock clock) {
        this.host = host;
        this.refused = refused;
        this.clock = clock;
    }

    /** A page has asked. It begins to follow, without waiting for the daemon. */
    synchronized void asked() {
        asked = clock.instant();
        look();
    }

    /**
     * Looks whether there is something to begin or to end.
     *
     * @return whether it is still to be looked at
     */
    synchronized boolean look() {
        Instant now = clock.instant();
        if (asked.equals(Instant.MIN) || now.isAfter(asked.plus(LINGER))) {
            end();
            return false;
        }
        if (following != null && following.lost) {
            following = null;
        }
        if (following == null && (tried.equals(Instant.MIN) || !now.isBefore(tried.plus(AGAIN)))) {
            tried = now;
            begin();
        }
        return true;
    }

    private void begin() {
        var begun = new Following();
        following = begun;
        begun.connection = host.follow(this::take, () -> lose(begun));
    }

    private synchronized void lose(Following ended) {
        ended.lost = true;
    }

    private void end() {
        Following ended = following;
        following = null;
        if (ended == null) {
            return;
        }
        ring.clear();
        try {
            if (ended.connection != null) {
                ended.connection.close();
            }
        } catch (Exception e) { // it is left either way
            LOG.debug("console.follow {}", e.toString());
        }
    }

    /** Whether the daemon is being followed; it is not while none runs. */
    synchronized boolean isFollowing() {
        return following != null && !following.lost;
    }

    private void take(byte[] json) {
        var line = new RawFlow(json);
        if (!line.isObject()) {
            return;
        }
        long millis = clock.millis();
        Optional<String> verdict = line.text(LineField.VERDICT);
        if (verdict.isPresent()) {
            flow(line, verdict.get().equals("ACCEPT"), millis);
        } else {
            line.number(LineField.LEFT_OUT).ifPresent(count -> leftOut(line, count, millis));
        }
    }

    private void flow(RawFlow line, boolean accepted, long millis) {
        long packets = line.number(LineField.PACKETS).orElse(1);
        rates.add(millis / 1000, accepted, packets);
        if (!accepted) {
            refused.add(line, packets, millis);
        }
        ring.add(line);
    }

    /** The daemon of a busy host tells of most flows only how many there were. */
    private void leftOut(RawFlow line, long count, long millis) {
        rates.add(millis / 1000, true, line.number(LineField.ACCEPTED).orElse(0));
        rates.add(millis / 1000, false, line.number(LineField.REFUSED).orElse(0));
        ring.leaveOut(count);
    }

    RecentFlows ring() {
        return ring;
    }

    FlowRates rates() {
        return rates;
    }

    @Override
    public synchronized void close() {
        asked = Instant.MIN;
        end();
    }
}
