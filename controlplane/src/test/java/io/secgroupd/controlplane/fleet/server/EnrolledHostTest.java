package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolledHostTest {

    @TempDir
    private Path directory;

    private static EnrolledHost host(String... instances) {
        return new EnrolledHost("web1", "0".repeat(64), List.of(instances), "ann", Instant.EPOCH);
    }

    @Test
    void itsTextTellsAll() throws IOException {
        assertThat(EnrolledHost.parse(host("web-1", "db.2").text())).isEqualTo(host("web-1", "db.2"));
        assertThat(EnrolledHost.parse(host().text())).isEqualTo(host());
    }

    @Test
    void anInstanceHasANameThatAPolicyCanHave() {
        assertThatThrownBy(() -> host("web 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"web 1\" is not the name of an instance");
        String wrong = host("web-1").text().replace("web-1", "web-1,,web-2");
        assertThatThrownBy(() -> EnrolledHost.parse(wrong)).isInstanceOf(IOException.class);
    }

    @Test
    void anotherTokenKeepsTheInstancesUnlessOthersAreNamed() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), FleetFixture.EMPTY);
        try (PolicyStore store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC())) {
            var desk = new FleetDesk(store, Clock.systemUTC());
            desk.enrol("web1", List.of("web-1"), "ann");
            HostToken token = desk.enrol("web1", List.of(), "ann");

            EnrolledHost kept = enrolled(store);
            assertThat(kept.instances()).containsExactly("web-1");
            assertThat(kept.isBy(token)).isTrue();

            desk.enrol("web1", List.of("web-2", "web-3"), "ann");
            assertThat(enrolled(store).instances()).containsExactly("web-2", "web-3");
        }
    }

    private static EnrolledHost enrolled(PolicyStore store) throws IOException {
        return EnrolledHost.parse(
                store.records().get("fleet/hosts/web1").orElseThrow().value());
    }
}
