package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One member that is restarted, compacted, or cut off at the worst moment. */
class TroubleTest {

    @TempDir
    private Path directory;

    private final BlockingQueue<Revision> seen = new LinkedBlockingQueue<>();

    private Revision next() throws InterruptedException {
        return Objects.requireNonNull(seen.poll(30, TimeUnit.SECONDS), "no revision was announced");
    }

    @Test
    void aWatchOutlivesCompactionsAndARestartOfTheOnlyMember() throws Exception {
        try (Etcd etcd = Etcd.start(directory, 1).ready();
                PolicyStore watched = EtcdStore.open(etcd.settings("/test/"));
                PolicyStore other = EtcdStore.open(etcd.settings("/test/"))) {
            Lines.begin(other);
            watched.watch(seen::add);
            Lines.add(other, other.current(), "one");
            assertThat(next().serial()).isEqualTo(2);
            compact(etcd);
            Lines.add(other, other.current(), "two");
            assertThat(next().serial()).isEqualTo(3);
            etcd.kill(0);
            etcd.startMember(0);
            etcd.ready();
            Lines.add(other, other.current(), "three");
            compact(etcd); // perhaps before the watch is there again
            assertThat(next().serial()).isEqualTo(4);
            Lines.add(other, other.current(), "four");
            assertThat(next().serial()).isEqualTo(5);
        }
    }

    @Test
    void aWatchOfRecordsOutlivesThemToo() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Etcd etcd = Etcd.start(directory, 1).ready();
                PolicyStore watched = EtcdStore.open(etcd.settings("/test/"));
                PolicyStore other = EtcdStore.open(etcd.settings("/test/"))) {
            Lines.begin(other); // a compaction asks for its revision
            other.records().putAll(Map.of("a", "1", "b", "1"));
            watched.records()
                    .watch("", change -> told.add(change.key() + change.now().map(StoredRecord::value)));
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("aOptional[1]");
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("bOptional[1]");
            etcd.kill(0);
            etcd.startMember(0);
            etcd.ready();
            other.records().remove(List.of("a"));
            other.records().putAll(many());
            compact(etcd); // perhaps before the watch is there again
            other.records().putAll(Map.of("z", "3"));
            Set<String> seenLater = new TreeSet<>();
            while (!seenLater.contains("zOptional[3]") || !seenLater.contains("aOptional.empty")) {
                seenLater.add(Objects.requireNonNull(told.poll(30, TimeUnit.SECONDS), "a change was not told"));
            }
            assertThat(seenLater).contains("m0Optional[2]", "m99Optional[2]").hasSize(102);
        }
    }

    private static Map<String, String> many() {
        var many = new TreeMap<String, String>();
        for (int i = 0; i < 100; i++) {
            many.put("m" + i, "2");
        }
        return many;
    }

    private static void compact(Etcd etcd) throws Exception {
        try (Client client = Client.builder().endpoints(etcd.endpoint(0)).build()) {
            long newest = client.getKVClient()
                    .get(EtcdClients.bytes("/test/head"))
                    .get(10, TimeUnit.SECONDS)
                    .getHeader()
                    .getRevision();
            client.getKVClient().compact(newest).get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void aChangeWhoseRequestOrAnswerIsLostIsMadeOnce(LossyProxy.Loss loss) throws Exception {
        try (Etcd etcd = Etcd.start(directory, 1).ready();
                LossyProxy proxy = new LossyProxy(etcd.endpoint(0));
                PolicyStore store = EtcdStore.open(behind(proxy));
                PolicyStore other = EtcdStore.open(etcd.settings("/test/"))) {
            Lines.begin(store);
            Revision base = store.current();
            proxy.loseNext(loss);
            assertThat(Lines.add(store, base, "one")).isInstanceOf(Stored.class);
            assertThat(proxy.hasLost()).isTrue();
            assertThat(Lines.of(other.current())).containsExactly("version: 1", "# one");
            assertThat(other.history(9)).extracting(HistoryEntry::serial).containsExactly(2L, 1L);
            assertThat(store.current().serial()).isEqualTo(2);
        }
    }

    private static EtcdSettings behind(LossyProxy proxy) {
        return new EtcdSettings(
                List.of(proxy.endpoint()), "/test/", Optional.empty(), Optional.empty(), Optional.empty());
    }
}
