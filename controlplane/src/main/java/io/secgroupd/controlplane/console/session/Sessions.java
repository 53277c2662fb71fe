package io.secgroupd.controlplane.console.session;

import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.console.session.Entrance.Entered;
import io.secgroupd.controlplane.console.session.Entrance.Refused;
import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets browsers in once for each code, and knows them again, at each control server of a store. */
public final class Sessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final String ENTERED = "console/entered/";
    private static final String LEFT = "console/left/";

    private final Supplier<AccessKeys> keys;
    private final Duration idle;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();
    private final SpentIds entered;
    private final SpentIds left;
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final AutoCloseable watch;

    private Sessions(RecordStore records, Supplier<AccessKeys> keys, Duration idle, Clock clock) throws IOException {
        this.keys = keys;
        this.idle = idle;
        this.clock = clock;
        this.entered = new SpentIds(records, ENTERED);
        this.left = new SpentIds(records, LEFT);
        ended.addAll(left.all());
        this.watch = records.watch(LEFT, change -> {
            String id = left.id(change.key());
            var unused = change.now().isPresent() ? ended.add(id) : ended.remove(id);
        });
    }

    /**
     * Begins to know sessions.
     *
     * @param keys those that are in force now
     * @param idle after this time without use a session ends
     * @throws IOException with a sentence for the operator: the records cannot be read
     */
    public static Sessions start(RecordStore records, Supplier<AccessKeys> keys, Duration idle, Clock clock)
            throws IOException {
        return new Sessions(records, keys, idle, clock);
    }

    /**
     * Takes a code, which is good for nothing afterwards.
     *
     * @throws IOException with a sentence, when the store cannot be asked whether the code was used before
     */
    public Entrance enter(String text) throws IOException {
        Optional<EntryCode> code = EntryCode.open(text, keys.get());
        Instant now = clock.instant();
        if (code.isEmpty()) {
            return new Refused("it is no code");
        }
        EntryCode sound = code.get();
        if (sound.isOver(now)) {
            return new Refused("its time is over");
        }
        if (!entered.spend(sound.nonce(), sound.until())) {
            return new Refused("it was used before");
        }
        sweep(now);
        return new Entered(new Session(sound.key(), sound.right(), sound.who(), SealedFields.newId(random), now, now));
    }

    /** What is kept no longer than it is of use is not worth a refusal. */
    private void sweep(Instant now) {
        try {
            entered.sweep(now);
            left.sweep(now);
        } catch (IOException e) {
            LOG.debug("console.unswept {}", e.getMessage());
        }
    }

    /** The session of what a browser has brought along; empty when it is none, or none any longer. It waits for nothing. */
    public Optional<Session> find(String text) {
        return Session.open(text, keys.get())
                .filter(session -> !session.isOver(clock.instant(), idle))
                .filter(session -> !ended.contains(session.id()));
    }

    /** The session as used now, when the browser is to keep it so. */
    public Optional<Session> used(Session session) {
        return session.usedAt(clock.instant());
    }

    /**
     * Ends a session, wherever its text may be.
     *
     * @throws IOException with a sentence, when the other control servers may not know it
     */
    public void leave(Session session) throws IOException {
        ended.add(session.id());
        var unused = left.spend(session.id(), session.begun().plus(Session.LONGEST));
    }

    /** After this time without use a session ends. */
    public Duration idle() {
        return idle;
    }

    @Override
    public void close() throws IOException {
        try {
            watch.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
