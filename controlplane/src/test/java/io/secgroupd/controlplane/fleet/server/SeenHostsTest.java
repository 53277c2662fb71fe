package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenHostsTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    private Path directory;

    private final FleetView view = new FleetView();
    private DirectoryStore store;
    private RecordStore records;
    private RecordWriter writer;
    private SeenHosts seen;

    @BeforeEach
    void enrol() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.fixed(START, ZoneOffset.UTC));
        records = store.records();
        writer = new RecordWriter(records);
        seen = new SeenHosts("one", view, writer);
        new FleetDesk(store, Clock.fixed(START, ZoneOffset.UTC)).enrol("web1", List.of(), "ann");
        var unused = records.watch(RecordNames.ALL, view::take);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private boolean isConnected() {
        return view.states(START).stream().anyMatch(HostState::connected);
    }

    /** What two control servers write of one host, each may write last. */
    @Test
    void aHostThatWaitsHereIsToldOfAgainWhenAnotherServerHasSaidThatItIsGone() throws IOException {
        seen.waits("web1", START);
        writer.flush();
        await().until(this::isConnected);
        var gone = new Presence("two", START, Optional.of(START));
        records.putAll(Map.of(RecordNames.PRESENCE + "web1", gone.text()));
        await().until(() -> !isConnected());

        seen.sweep(START.plus(Duration.ofSeconds(6)));
        writer.flush();

        await().until(this::isConnected);
        assertThat(view.presence("web1").map(Presence::server)).contains("one");
    }

    @Test
    void aHostThatWaitsAtAnotherServerIsNotToldOfHere() throws IOException {
        seen.waits("web1", START);
        writer.flush();
        String there = new Presence("two", START, Optional.empty()).text();
        records.putAll(Map.of(RecordNames.PRESENCE + "web1", there));
        await().until(() -> view.presence("web1")
                .filter(presence -> presence.server().equals("two"))
                .isPresent());

        seen.sweep(START.plus(Duration.ofSeconds(6)));
        writer.flush();

        assertThat(records.get(RecordNames.PRESENCE + "web1"))
                .map(StoredRecord::value)
                .contains(there);
    }

    private void leavesAtTheStart() {
        seen.waits("web1", START);
        writer.flush();
        await().until(this::isConnected);
        seen.waitsNoMore("web1", START);
    }

    /** This control server has not heard yet where the host went. */
    @Test
    void whatAnotherServerHasSaidMeanwhileOfAHostThatIsGoneIsNotUndone() throws IOException {
        leavesAtTheStart();
        seen.sweep(START.plus(Duration.ofSeconds(31)));
        String there = new Presence("two", START.plus(Duration.ofSeconds(20)), Optional.empty()).text();
        records.putAll(Map.of(RecordNames.PRESENCE + "web1", there));

        writer.flush();

        assertThat(records.get(RecordNames.PRESENCE + "web1"))
                .map(StoredRecord::value)
                .contains(there);
    }

    @Test
    void thatAHostIsGoneIsToldAgainWhenItCouldNotBeWritten() throws IOException {
        leavesAtTheStart();
        Path state = directory.resolve("state");
        Path away = directory.resolve("away");
        seen.sweep(START.plus(Duration.ofSeconds(31)));
        Files.move(state, away);
        Files.createFile(state);
        writer.flush();
        Files.delete(state);
        Files.move(away, state);
        assertThat(isConnected()).isTrue();

        seen.sweep(START.plus(Duration.ofSeconds(37)));
        writer.flush();

        await().until(() -> !isConnected());
        assertThat(view.presence("web1").flatMap(Presence::left)).contains(START);
    }

    @Test
    void aHostThatComesAfterTheClockWasSetBackIsToldOf() throws IOException {
        Instant back = START.minus(Duration.ofHours(1));
        leavesAtTheStart();
        seen.sweep(back);
        writer.flush();
        await().until(() -> !isConnected());

        seen.waits("web1", back.plus(Duration.ofSeconds(6)));
        writer.flush();

        await().until(() -> view.presence("web1").filter(Presence::isConnected).isPresent());
    }
}
