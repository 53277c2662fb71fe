package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.WaitingHandler;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET changes}: waits until the policy, its trial or a roll-out of it has become another one than the page knows.
 * Nothing is asked for that: the store tells of each change.
 */
public final class ChangesView implements WaitingHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesView.class);

    /** The longest time that a page waits. */
    private static final long SECONDS = 25;

    private static final String ROLLOUT = "fleet/rollout";

    private final Clock clock;
    private final Set<Turn> waiting = new LinkedHashSet<>();
    private final Map<String, StoredRecord> records = new TreeMap<>();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private Revision newest;

    /** A page that waits, which is equal only to itself. */
    private static final class Turn {
        private final CompletableFuture<Boolean> over = new CompletableFuture<>();
    }

    /**
     * Watches a store.
     *
     * @throws IOException with a sentence, when it cannot be watched
     */
    public ChangesView(PolicyStore store, Clock clock) throws IOException {
        this.clock = clock;
        this.newest = store.current();
        watches.add(store.watch(this::revision));
        watches.add(store.records().watch(Trials.RECORD, this::record));
        watches.add(store.records().watch(ROLLOUT, this::record));
        revision(store.current()); // one that was made before the watch began
    }

    private void revision(Revision made) {
        synchronized (this) {
            newest = made.serial() > newest.serial() ? made : newest;
        }
        wake();
    }

    private void record(RecordChange change) {
        synchronized (this) {
            change.now().ifPresentOrElse(now -> records.put(change.key(), now), () -> records.remove(change.key()));
        }
        wake();
    }

    /** Waiting pages are answered on this thread, which takes microseconds each. */
    private void wake() {
        List<Turn> all;
        synchronized (this) {
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(one -> one.over.complete(true));
    }

    @Override
    public CompletableFuture<ApiReply> answer(ApiCall call) {
        String known = call.query().getOrDefault("after", "");
        synchronized (this) {
            if (!known.equals(tag())) {
                return CompletableFuture.completedFuture(reply());
            }
            var turn = new Turn();
            waiting.add(turn);
            CompletableFuture<ApiReply> answer = turn.over
                    .completeOnTimeout(false, SECONDS, TimeUnit.SECONDS)
                    .thenApply(unused -> reply());
            var unused = answer.whenComplete((done, failed) -> leave(turn));
            return answer;
        }
    }

    private synchronized void leave(Turn turn) {
        waiting.remove(turn);
        turn.over.cancel(false);
    }

    private String tag() {
        return newest.serial() + "-" + version(Trials.RECORD) + "-" + version(ROLLOUT);
    }

    private long version(String key) {
        return Optional.ofNullable(records.get(key)).map(StoredRecord::version).orElse(0L);
    }

    private synchronized ApiReply reply() {
        return ApiReply.of(json -> {
            json.writeStringField("tag", tag());
            TrialJson.write(newest, trial(), clock.instant(), json);
        });
    }

    private Optional<PolicyTrial> trial() {
        try {
            StoredRecord record = records.get(Trials.RECORD);
            Optional<PolicyTrial> trial =
                    record == null ? Optional.empty() : Optional.of(PolicyTrial.parse(record.value()));
            return trial.filter(one -> one.isOf(newest) && !one.ending());
        } catch (IOException e) {
            LOG.debug("the record of the trial is broken, and a later one will not be", e);
            return Optional.empty();
        }
    }

    /** How many pages wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                LOG.debug("the store is closed already", e);
            }
        }
        wake();
    }
}
