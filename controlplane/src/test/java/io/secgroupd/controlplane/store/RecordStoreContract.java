package io.secgroupd.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for the records of every store, wherever it keeps them. */
public abstract class RecordStoreContract {

    private static final int WRITERS = 4;
    private static final int PUTS = 10;

    private final BlockingQueue<RecordChange> seen = new LinkedBlockingQueue<>();
    private final List<PolicyStore> opened = new ArrayList<>();
    private RecordStore records;

    /** One more store of one place, as another control server has it. */
    protected abstract PolicyStore openStore() throws IOException;

    /** The records of one more store. */
    protected RecordStore open() throws IOException {
        PolicyStore another = openStore();
        opened.add(another);
        return another.records();
    }

    @BeforeEach
    void openFirst() throws IOException {
        records = open();
    }

    @AfterEach
    void closeAll() throws IOException {
        for (PolicyStore each : opened) {
            each.close();
        }
    }

    private static String value(RecordStore store, String key) throws IOException {
        return store.get(key).map(StoredRecord::value).orElse("");
    }

    private static List<String> keys(List<StoredRecord> all) {
        return all.stream().map(StoredRecord::key).toList();
    }

    /** The next change, whose value is empty when the record was removed. */
    private String next() throws InterruptedException {
        RecordChange change = Objects.requireNonNull(seen.poll(30, TimeUnit.SECONDS), "no change was told");
        return change.key() + "=" + change.now().map(StoredRecord::value).orElse("");
    }

    @Test
    void aRecordIsWhatAnyStorePutLast() throws IOException {
        RecordStore other = open();

        assertThat(records.get("host/web1")).isEmpty();
        assertThat(records.put("host/web1", "one \"line\"\nand ü", 0)).isTrue();
        assertThat(value(other, "host/web1")).isEqualTo("one \"line\"\nand ü");
        long version = other.get("host/web1").orElseThrow().version();
        assertThat(other.put("host/web1", "two", version)).isTrue();
        assertThat(value(records, "host/web1")).isEqualTo("two");
        assertThat(value(open(), "host/web1")).isEqualTo("two");
    }

    @Test
    void aRecordThatHasBecomeAnotherOneIsLeftAlone() throws IOException {
        RecordStore other = open();
        records.put("a", "one", 0);
        long version = records.get("a").orElseThrow().version();
        other.put("a", "two", version);

        assertThat(records.put("a", "three", version)).isFalse();
        assertThat(records.put("a", "three", 0)).isFalse();
        assertThat(records.put("b", "three", version)).isFalse();
        assertThat(value(records, "a")).isEqualTo("two");
        assertThat(records.get("b")).isEmpty();
    }

    @Test
    void theVersionOfARecordThatIsMadeAgainIsGreaterThanBefore() throws IOException {
        records.put("a", "one", 0);
        long before = records.get("a").orElseThrow().version();
        records.remove(List.of("a"));

        assertThat(records.put("a", "two", before)).isFalse();
        assertThat(records.put("a", "two", 0)).isTrue();
        assertThat(open().get("a").orElseThrow().version()).isGreaterThan(before);
    }

    @Test
    void aListHasTheRecordsOfAPrefixInTheOrderOfTheirKeys() throws IOException {
        records.putAll(Map.of("host/b", "2", "host/a.example", "1", "hosts", "3", "host/b/c", "4", "rollout", "5"));

        assertThat(keys(records.list("host/"))).containsExactly("host/a.example", "host/b", "host/b/c");
        assertThat(keys(open().list(""))).containsExactly("host/a.example", "host/b", "host/b/c", "hosts", "rollout");
        assertThat(records.list("nobody/")).isEmpty();
    }

    @Test
    void moreRecordsThanGoAtOnceAreWrittenListedAndRemoved() throws IOException {
        var many = new TreeMap<String, String>();
        for (int i = 0; i < 1234; i++) {
            many.put(String.format(java.util.Locale.ROOT, "host/h%04d", i), "x".repeat(i));
        }
        records.putAll(many);

        assertThat(records.list("host/")).extracting(StoredRecord::value).containsExactlyElementsOf(many.values());
        records.remove(many.keySet());
        records.remove(List.of("host/h0007"));
        assertThat(open().list("")).isEmpty();
    }

    @Test
    void theLongestValueIsTakenAndALongerOneIsNot() throws IOException {
        String longest = "\u20ac".repeat(RecordStore.MOST_CHARACTERS);

        records.putAll(Map.of("a", longest, "b", longest, "c", longest, "d", longest, "e", longest, "f", longest));
        assertThat(value(open(), "f")).isEqualTo(longest);
        assertThatThrownBy(() -> records.put("a", longest + "x", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String key : List.of("", "A", "a b", "a~", "a_b", "x".repeat(301))) {
            assertThatThrownBy(() -> records.put(key, "", 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> records.get(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keysThatMeanSomethingToAFileSystemAreKeysAsOthers() throws IOException {
        var all = new TreeMap<String, String>();
        List.of(".", "..", "/", "a", "a/", "a//b", "../../x", "x".repeat(300))
                .forEach(key -> all.put(key, "of " + key));
        records.putAll(all);

        assertThat(keys(open().list(""))).containsExactlyElementsOf(all.keySet());
        assertThat(value(open(), "../../x")).isEqualTo("of ../../x");
    }

    @Test
    void whoWatchesIsToldOfWhatIsThereAndThenOfEachChangeWhoeverMadeIt() throws Exception {
        RecordStore other = open();
        records.putAll(Map.of("host/a", "1", "rollout", "0"));
        AutoCloseable watching = records.watch("host/", seen::add);

        assertThat(next()).isEqualTo("host/a=1");
        records.putAll(Map.of("host/b", "2", "other", "0"));
        assertThat(next()).isEqualTo("host/b=2");
        other.put("host/c", "3", 0);
        assertThat(next()).isEqualTo("host/c=3");
        other.remove(List.of("host/a"));
        assertThat(next()).isEqualTo("host/a=");
        records.put("host/a", "4", 0);
        assertThat(next()).isEqualTo("host/a=4");
        watching.close();
    }

    @Test
    void aListenerThatFailsHindersNoOtherAndWhoStopsIsNotCalled() throws Exception {
        BlockingQueue<RecordChange> ended = new LinkedBlockingQueue<>();
        records.watch("", change -> {
            throw new IllegalStateException("on record " + change.key());
        });
        records.watch("", ended::add).close();
        records.watch("", seen::add);

        records.put("a", "1", 0);
        assertThat(next()).isEqualTo("a=1");
        records.put("b", "2", 0);
        assertThat(next()).isEqualTo("b=2");
        assertThat(ended).isEmpty();
    }

    @Test
    void ofManyWritersNoneLosesACountAndNoneMakesItTwice() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            RecordStore other = open();
            var all = new ArrayList<Future<Void>>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(threads.submit(counter(i % 2 == 0 ? records : other)));
            }
            for (Future<Void> writer : all) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(value(records, "count")).isEqualTo("x".repeat(WRITERS * PUTS));
    }

    private static Callable<Void> counter(RecordStore into) {
        return () -> {
            for (int i = 0; i < PUTS; ) {
                Optional<StoredRecord> now = into.get("count");
                String value = now.map(StoredRecord::value).orElse("") + "x";
                if (into.put("count", value, now.map(StoredRecord::version).orElse(0L))) {
                    i++;
                }
            }
            return null;
        };
    }
}
