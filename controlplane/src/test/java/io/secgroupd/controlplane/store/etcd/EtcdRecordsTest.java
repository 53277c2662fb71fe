package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what is of etcd alone, with one member. Each test has a prefix of its own. */
class EtcdRecordsTest extends RecordStoreContract {

    @TempDir
    private static Path directory;

    private static Etcd etcd;

    private final String prefix = "/" + UUID.randomUUID() + "/";

    @BeforeAll
    static void startEtcd() throws IOException {
        etcd = Etcd.start(directory, 1).ready();
    }

    @AfterAll
    static void stopEtcd() {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Override
    protected PolicyStore openStore() throws IOException {
        return EtcdStore.open(etcd.settings(prefix));
    }

    @Test
    void whatChangesWhileEtcdIsAwayIsToldOnceItIsBack(@TempDir Path other) throws Exception {
        BlockingQueue<RecordChange> seen = new LinkedBlockingQueue<>();
        try (Etcd one = Etcd.start(other, 1).ready();
                PolicyStore watched = EtcdStore.open(one.settings("/test/"))) {
            watched.records().putAll(Map.of("host/a", "1", "host/b", "2"));
            watched.records().watch("host/", seen::add);
            assertThat(told(seen, 2)).containsExactly("host/a", "host/b");
            one.kill(0);
            RecordStore records = watched.records();
            assertThatThrownBy(() -> records.get("host/a")).isInstanceOf(IOException.class);
            one.startMember(0);
            one.ready();
            try (PolicyStore writer = EtcdStore.open(one.settings("/test/"))) {
                writer.records().remove(List.of("host/a"));
                writer.records().put("host/c", "3", 0);
            }
            assertThat(told(seen, 2)).containsExactly("host/a", "host/c");
            assertThat(seen).as("what did not change").isEmpty();
        }
    }

    private static Set<String> told(BlockingQueue<RecordChange> seen, int count) throws InterruptedException {
        var keys = new TreeSet<String>();
        for (int i = 0; i < count; i++) {
            keys.add(Objects.requireNonNull(seen.poll(30, TimeUnit.SECONDS), "no change was told")
                    .key());
        }
        return keys;
    }

    @Test
    void recordsAreNoPartOfThePolicy() throws IOException {
        try (PolicyStore store = openStore()) {
            store.records().put("head", "7", 0);

            assertThat(store.current().serial()).isZero();
        }
    }
}
