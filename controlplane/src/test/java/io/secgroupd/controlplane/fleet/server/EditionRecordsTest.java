package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.fleet.membership.EditionAddresses;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditionRecordsTest {

    @TempDir
    private Path directory;

    private DirectoryStore store() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        return new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
    }

    private static EditionAddresses of(int hosts, String closed) {
        var map = new TreeMap<String, SortedSet<IpAddress>>();
        for (int i = 0; i < hosts; i++) {
            map.put("web-" + i, new TreeSet<>(Set.of(IpAddress.ipv4(0x0a000000 + i))));
        }
        return new EditionAddresses(new TreeMap<>(Map.of(7L, map)), Optional.empty(), Optional.of(closed));
    }

    @Test
    void thoseOfTenThousandHostsAreKept() throws IOException {
        try (DirectoryStore store = store()) {
            var editions = new EditionRecords(store.records());
            EditionAddresses many = of(10_000, "\ud83d\ude00\u00e9".repeat(90_000));
            String hash = editions.keep(many);

            assertThat(editions.read(hash)).isEqualTo(many);
            assertThat(store.records().list(RecordNames.EDITIONS))
                    .hasSizeGreaterThan(4)
                    .allSatisfy(
                            record -> assertThat(record.value()).hasSizeLessThanOrEqualTo(RecordStore.MOST_CHARACTERS));
        }
    }

    @Test
    void whatIsNotNeededAnyLongerIsGone() throws IOException {
        try (DirectoryStore store = store()) {
            var editions = new EditionRecords(store.records());
            String one = editions.keep(of(1, "one"));
            String two = editions.keep(of(1, "two"));
            editions.retain(Set.of(two));

            assertThat(editions.read(two)).isEqualTo(of(1, "two"));
            assertThatThrownBy(() -> editions.read(one)).isInstanceOf(IOException.class);
        }
    }
}
