package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The sign of life of a control server, by which the others know whether the hosts that are connected to it still are. */
final class ServerSign {

    private static final Duration EVERY = Duration.ofSeconds(10);

    /** So long after its end nobody needs to know of a control server. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final String server;
    private final RecordStore records;
    private final FleetView view;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    ServerSign(String server, RecordStore records, FleetView view, Clock clock) {
        this.server = server;
        this.records = records;
        this.view = view;
        this.clock = clock;
    }

    /** Gives it when it is due. Without hosts nobody looks for it. */
    void run() throws IOException {
        Instant now = clock.instant();
        boolean due = now.isAfter(last.plus(EVERY)) || now.isBefore(last); // also after the clock was set back
        if (view.hasHosts() && due) {
            records.putAll(Map.of(RecordNames.SERVERS + server, now.toString()));
            last = now;
            List<String> ended = view.serversNotSeenSince(now.minus(KEPT));
            if (!ended.isEmpty()) {
                records.remove(
                        ended.stream().map(name -> RecordNames.SERVERS + name).toList());
            }
        }
    }
}
