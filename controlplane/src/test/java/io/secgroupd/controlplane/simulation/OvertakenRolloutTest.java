package io.secgroupd.controlplane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hosts that are first go on to a newer revision before the time is over for which they should have tried one. */
class OvertakenRolloutTest {

    private static final Optional<RolloutSettings> FIRST = first("first", Duration.ofSeconds(60));

    private SteeredFleet fleet;
    private SteeredServer server;

    @BeforeEach
    void allHaveTheFirstRevision() throws IOException {
        fleet = new SteeredFleet("first", "other", "third");
        server = fleet.start("server");
        List<String> hosts = List.of("first", "other", "third");
        fleet.pass(5);
        hosts.forEach(server::joins);
        for (String host : hosts) {
            server.takes(host);
        }
    }

    private static Optional<RolloutSettings> first(String host, Duration hold) {
        return Optional.of(new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(host), hold));
    }

    private void publishAndTake(int number) throws IOException {
        fleet.publish(number, FIRST);
        fleet.pass(1);
        server.takes("first");
    }

    private void publishAndRefuse(int number) throws IOException {
        fleet.publish(number, FIRST);
        fleet.pass(1);
        server.refuses("first");
        fleet.pass(4);
    }

    @Test
    void whatWasOvertakenBeforeItWasTriedComesToNobodyElse() throws IOException {
        publishAndTake(2);
        fleet.pass(30);
        publishAndTake(3);

        fleet.pass(55);
        assertThat(server.offers("other")).as("the time of revision 2 is over").isEqualTo(1);
        fleet.pass(10);
        assertThat(server.offers("other")).isEqualTo(3);
    }

    @Test
    void whatIsTriedForItsTimeComesToTheOthersWhileANewerOneIsTriedElsewhere() throws IOException {
        publishAndTake(2);
        fleet.publish(3, first("other", Duration.ofHours(1)));
        fleet.pass(1);
        server.takes("other");

        fleet.pass(62);

        assertThat(server.offers("third")).isEqualTo(2);
        assertThat(server.offers("other")).isEqualTo(3);
    }

    @Test
    void whenTheLastOfManyIsTakenBackTheOneBeforeItIsTried() throws IOException {
        for (int number = 2; number < 7; number++) {
            publishAndTake(number);
            fleet.pass(30);
        }
        assertThat(server.offers("other")).isEqualTo(1);
        publishAndRefuse(7);

        assertThat(fleet.text(8)).isEqualTo(fleet.text(6));
        assertThat(server.offers("first")).isEqualTo(8);
        assertThat(server.offers("other")).isEqualTo(1);
    }

    @Test
    void whenTheNewerOneIsTakenBackTheFirstHostTriesWhatWasOvertaken() throws IOException {
        publishAndTake(2);
        publishAndRefuse(3);

        assertThat(fleet.text(4)).isEqualTo(fleet.text(2));
        assertThat(server.offers("first")).isEqualTo(4);
        assertThat(server.offers("other")).isEqualTo(1);
        server.takes("first");
        fleet.pass(62);
        assertThat(server.offers("other")).isEqualTo(4);
    }

    @Test
    void whatHarmsAfterTheNewerOneWasTakenBackIsTakenBackItself() throws IOException {
        publishAndTake(2);
        publishAndRefuse(3);
        server.refuses("first");
        fleet.pass(4);

        assertThat(fleet.text(5)).isEqualTo(fleet.text(1));
        assertThat(server.offers("first")).isEqualTo(5);
        assertThat(server.offers("other")).isEqualTo(5);
    }

    @Test
    void allReturnToWhatWasBeforeBothWhenTheNewerOneFailsOnOthers() throws IOException {
        publishAndTake(2);
        publishAndTake(3);
        fleet.pass(62);
        assertThat(server.offers("other")).isEqualTo(3);
        server.refuses("other");
        fleet.pass(4);

        assertThat(fleet.text(4)).isEqualTo(fleet.text(1));
        assertThat(server.offers("first")).isEqualTo(4);
        assertThat(server.offers("other")).isEqualTo(4);
    }

    @Test
    void whatWasPublishedToUndoAnotherIsNotTakenBackToItself() throws IOException {
        publishAndTake(2);
        fleet.publishAgain(1, FIRST);
        fleet.pass(1);
        server.takes("first");
        fleet.pass(62);
        server.refuses("other");
        fleet.pass(10);

        assertThat(fleet.newest()).isEqualTo(3);
        assertThat(server.rollout().stage()).isEqualTo(Stage.FAILED);
    }
}
