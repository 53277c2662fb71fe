package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which hosts are connected to this control server, and tells the others when one comes, and when one is gone. */
final class SeenHosts {

    /**
     * After so long without a word a host counts as gone. It always waits for news, but does not while it tries a revision.
     */
    static final Duration GRACE = Health.GRACE;

    /** So long the others may take to be told. */
    private static final Duration TELLING = Duration.ofSeconds(5);

    private final String server;
    private final FleetView view;
    private final RecordWriter writer;
    private final Map<String, SeenHost> hosts = new ConcurrentHashMap<>();

    /**
     * A host that was heard of here.
     *
     * @param waiting how many of its questions wait for an answer
     * @param told    when the others were told of it
     */
    private record SeenHost(int waiting, Instant seen, Instant told) {}

    /** @param server the name of this control server */
    SeenHosts(String server, FleetView view, RecordWriter writer) {
        this.server = server;
        this.view = view;
        this.writer = writer;
    }

    /** A host has begun to wait for news. */
    void waits(String host, Instant now) {
        note(host, 1, now);
    }

    /** A host does not wait any longer. */
    void waitsNoMore(String host, Instant now) {
        note(host, -1, now);
    }

    /** A host has asked for something else. */
    void asks(String host, Instant now) {
        note(host, 0, now);
    }

    private void note(String host, int waiting, Instant now) {
        hosts.compute(host, (name, before) -> {
            SeenHost known = before == null ? new SeenHost(0, now, Instant.EPOCH) : before;
            boolean tells = waiting >= 0 && !isKnown(name) && isOver(TELLING, known.told(), now);
            if (tells) {
                var unused =
                        writer.put(RecordNames.PRESENCE + name, new Presence(server, now, Optional.empty()).text());
            }
            return new SeenHost(known.waiting() + waiting, now, tells ? now : known.told());
        });
    }

    /** What is yet to come was before the clock was set back: how long ago, nobody knows. */
    private static boolean isOver(Duration time, Instant since, Instant now) {
        return now.isBefore(since) || now.isAfter(since.plus(time));
    }

    private boolean isKnown(String host) {
        return view.presence(host)
                .filter(presence -> presence.isConnected() && presence.server().equals(server))
                .isPresent();
    }

    /**
     * Tells of those who are gone, until it is known of them, and once more of those who wait here and of whom another control
     * server has said that they are gone.
     */
    void sweep(Instant now) {
        hosts.forEach((host, seen) -> {
            if (seen.waiting() > 0
                    && view.presence(host).filter(Presence::isConnected).isEmpty()) {
                asks(host, now);
            } else if (seen.waiting() == 0 && isOver(GRACE, seen.seen(), now)) {
                sweep(host, seen, now);
            }
        });
    }

    private void sweep(String host, SeenHost gone, Instant now) {
        if (!isKnown(host)) {
            hosts.remove(host, gone);
        } else if (isOver(TELLING, gone.told(), now) && hosts.replace(host, gone, new SeenHost(0, gone.seen(), now))) {
            tellGone(host, gone);
        }
    }

    /** Where it went meanwhile, another control server may have said, which is not to be undone. */
    private void tellGone(String host, SeenHost gone) {
        view.knownPresence(host)
                .ifPresent(known -> writer.putOver(
                        known.version(),
                        RecordNames.PRESENCE + host,
                        known.presence().leftAt(gone.seen()).text()));
    }
}
