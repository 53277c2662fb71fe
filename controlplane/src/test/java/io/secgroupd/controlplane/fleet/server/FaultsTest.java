package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts tell of control servers that are not sound. */
class FaultsTest {

    private static final String KEY = RecordNames.FAULTS + "web1";
    private static final ServerFault REPLAY = new ServerFault("https://control1:9471", "named serial 3 after 5");

    @TempDir
    private Path directory;

    @Test
    void itIsShownWithTheHostTheServerAndTheTime() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");

            assertThat(host.fault(REPLAY.bytes())).isEqualTo(200);
            assertThat(host.fault(new byte[] {'{'})).isEqualTo(400);

            FleetStatus status = server.desk.status();
            assertThat(status.faults()).containsOnlyKeys("web1");
            ToldFault told = status.fault(status.hosts().get(0)).orElseThrow();
            assertThat(told.fault()).isEqualTo(REPLAY);
            assertThat(told.time()).isBetween(status.at().minusSeconds(60), status.at());
            await().until(() -> server.fleet.counts().faults() == 1);
        }
    }

    @Test
    void nothingIsLeftOfAHostThatIsShutOut() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");
            assertThat(host.fault(REPLAY.bytes())).isEqualTo(200);

            assertThat(server.desk.dismiss("web1")).isTrue();

            assertThat(server.store.records().get(KEY)).isEmpty();
        }
    }

    @Test
    void itIsForgottenAfterADayAndWrittenOnceWhenItIsToldAgainAndAgain() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            var records = fleet.store.records();
            var writer = new RecordWriter(records);
            var faults = new Faults(records, fleet.view, writer, fleet.clock);
            fleet.enrol("web1");
            store(fleet, faults, writer);

            fleet.clock.goOn(Duration.ofMinutes(1));
            assertThat(faults.take("web1", REPLAY)).as("the same again").isCompleted();
            assertThat(faults.take("web1", new ServerFault("https://control2:9471", "x")))
                    .as("another one")
                    .isNotDone();

            fleet.clock.goOn(ToldFault.SHOWN.minusMinutes(2));
            faults.run();
            assertThat(fleet.view.faults(fleet.clock.instant())).containsOnlyKeys("web1");
            fleet.clock.goOn(Duration.ofMinutes(1));
            assertThat(fleet.view.faults(fleet.clock.instant())).isEmpty();
            assertThat(records.get(KEY)).isPresent();
            faults.run();
            assertThat(records.get(KEY)).isEmpty();
        }
    }

    /** Has one stored, and lets the control server see it. */
    private static void store(MembershipFixture fleet, Faults faults, RecordWriter writer) throws IOException {
        var unused = faults.take("web1", REPLAY);
        writer.flush();
        StoredRecord stored = fleet.store.records().get(KEY).orElseThrow();
        var change = new RecordChange(KEY, Optional.of(stored));
        assertThat(fleet.view.take(change)).isFalse();
    }
}
