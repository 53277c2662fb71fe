package io.secgroupd.controlplane.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.history.RevisionMeanings.Told;
import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionMeaningsTest {

    private static final String POLICY = """
            version: 1
            security_groups:
              sg-db: { inbound: [ { protocol: tcp, ports: %s, source: 10.0.0.0/8 } ], outbound: [] }
            instances:
              db-1: { addresses: [ 10.0.1.1 ], security_groups: [ sg-db ] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private PolicyStore store;

    @BeforeEach
    void open() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), POLICY.formatted("22"));
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
        store.current();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private void put(String text) throws IOException {
        assertThat(store.put(
                        store.current(),
                        Map.of(rules, text.getBytes(StandardCharsets.UTF_8)),
                        new Origin("ann", "fleet publish", Instant.EPOCH)))
                .isInstanceOf(Stored.class);
    }

    @Test
    void eachRevisionSaysWhatItMeansBesideTheOneBefore() throws IOException {
        put(POLICY.formatted("[22, 3306]"));
        put(POLICY.formatted("[22, 3306]") + "# a comment\n");
        put(POLICY.formatted("3306"));

        List<Told> told = new RevisionMeanings(store).newest(9);
        assertThat(told)
                .extracting(Told::meaning)
                .containsExactly(
                        "+0 -1: db-1: inbound newly rejected tcp 22 from 10.0.0.0/8",
                        "no change in meaning",
                        "+1 -0: db-1: inbound newly allowed tcp 3306 from 10.0.0.0/8",
                        "the first revision");
        assertThat(told)
                .extracting(Told::entry)
                .extracting(HistoryEntry::serial)
                .containsExactly(4L, 3L, 2L, 1L);
        assertThat(new RevisionMeanings(store).newest(2)).isEqualTo(told.subList(0, 2));
        assertThat(new RevisionMeanings(store).newest(0)).isEmpty();
    }

    @Test
    void whatWasFoundOutOnceIsRemembered() throws IOException {
        put(POLICY.formatted("3306"));
        var meanings = new RevisionMeanings(store);
        List<Told> told = meanings.newest(9);
        try (var contents = Files.list(directory.resolve("state/contents"))) {
            for (Path content : contents.toList()) {
                Files.delete(content);
            }
        }

        assertThat(meanings.newest(9)).isEqualTo(told);
        assertThat(new RevisionMeanings(store).newest(1).get(0).meaning())
                .isEqualTo("the revision before is not remembered any more");
    }

    @Test
    void aRevisionSaysWhoObservesFromThenOn() throws IOException {
        put(POLICY.formatted("22").replace("[ sg-db ] }", "[ sg-db ], mode: observe }"));
        put(POLICY.formatted("[22, 3306]"));

        assertThat(new RevisionMeanings(store).newest(2))
                .extracting(Told::meaning)
                .containsExactly(
                        "+1 -0: instance db-1: observe -> enforce: what its rules refuse is refused from now on;"
                                + " db-1: inbound newly allowed tcp 3306 from 10.0.0.0/8",
                        "instance db-1: enforce -> observe: what its rules refuse is let in from now on");
    }

    @Test
    void aBrokenRevisionSaysWhatIsWrong() throws IOException {
        put(POLICY.formatted("many"));
        put(POLICY.formatted("22"));

        assertThat(new RevisionMeanings(store).newest(2))
                .extracting(Told::meaning)
                .satisfiesExactly(
                        fixed -> assertThat(fixed)
                                .isEqualTo("the revision before has errors, so the two cannot be compared"),
                        broken -> assertThat(broken)
                                .startsWith("it has errors: ")
                                .contains("many")
                                .hasLineCount(1));
    }
}
