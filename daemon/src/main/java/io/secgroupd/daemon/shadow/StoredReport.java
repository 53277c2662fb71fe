package io.secgroupd.daemon.shadow;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Remembers what was stored last, and stores what is new when it is time to. Used under the lock of its owner. */
final class StoredReport {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final ShadowStore store;
    private final InstantSource clock;
    private @Nullable ShadowReport stored;
    private Instant storedAt = Instant.EPOCH;
    private boolean failed;

    StoredReport(ShadowStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Notes that this is what the store has. */
    void is(ShadowReport report) {
        stored = report;
        storedAt = clock.instant();
        failed = false;
    }

    /** Stores a new difference now, and other figures after a while. */
    void follow(ShadowReport now) {
        ShadowReport before = stored;
        boolean isNew = before == null
                || before.totals().differences().size()
                        != now.totals().differences().size();
        if (isNew || !clock.instant().isBefore(storedAt.plus(EVERY))) {
            write(now);
        }
    }

    /** Stores it now, unless nothing is new. A failure is only logged: the candidate goes on without. */
    void write(ShadowReport now) {
        if (now.equals(stored)) {
            return;
        }
        try {
            store.update(now);
            is(now);
        } catch (IOException e) {
            if (!failed) {
                ShadowEvents.notStored(e);
            }
            failed = true;
        }
    }
}
