package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what hosts tell of control servers that are not sound, and forgets it when it is old. */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    /** A host that meets the same again and again does not have the store written all the time. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final RecordStore records;
    private final FleetView view;
    private final RecordWriter writer;
    private final Clock clock;

    Faults(RecordStore records, FleetView view, RecordWriter writer, Clock clock) {
        this.records = records;
        this.view = view;
        this.writer = writer;
        this.clock = clock;
    }

    /** Has it stored, unless the same has just been told. */
    CompletableFuture<Void> take(String host, ServerFault fault) {
        Instant now = clock.instant();
        Optional<ToldFault> known = view.fault(host);
        if (known.filter(told ->
                        told.fault().equals(fault) && now.isBefore(told.time().plus(AGAIN)))
                .isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        LOG.warn("feed.fault host={} server={} {}", host, fault.server(), fault.fault());
        return writer.put(RecordNames.FAULTS + host, new ToldFault(fault, now).text());
    }

    /** Forgets what is not shown any longer. */
    void run() throws IOException {
        List<String> old = view.hostsWithFaultsNotShown(clock.instant());
        if (!old.isEmpty()) {
            records.remove(old.stream().map(host -> RecordNames.FAULTS + host).toList());
        }
    }
}
