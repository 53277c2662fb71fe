package io.secgroupd.controlplane.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutSettingsTest {

    private static RolloutSettings settings(String steps, String... first) {
        return new RolloutSettings(RolloutSettings.parseSteps(steps), List.of(first), Duration.ofSeconds(60));
    }

    @Test
    void stepsAreReadAndWritten() {
        assertThat(settings("0.5, 10.00%,100%").stepsText()).isEqualTo("0.5%,10%,100%");
        assertThat(RolloutSettings.DEFAULT.stepsText()).isEqualTo("1%,10%,100%");
        assertThat(RolloutSettings.DEFAULT.hold()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theFirstHostsAreAStepBeforeTheOthers() {
        RolloutSettings settings = settings("10%,100%", "web1", "web1", "web2");

        assertThat(settings.first()).containsExactly("web1", "web2");
        assertThat(IntStream.range(0, settings.count()).mapToObj(settings::name))
                .containsExactly("first hosts", "10%", "100%");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1%,10%; must be 100%",
                "10%,10%,100%; more hosts than the one before",
                "50%,20%,100%; more hosts than the one before",
                "0%,100%; more hosts than the one before",
                "1%,,100%; is not a step",
                "-1%,100%; is not a step",
                "0.001%,100%; is not a step",
                "100%,200%; must be 100%",
                "half; is not a step"
            })
    void otherStepsAreRefused(String steps, String sentence) {
        assertThatThrownBy(() -> settings(steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatIsNoNameOfAHostIsRefused() {
        assertThatThrownBy(() -> settings("100%", "web 1")).hasMessageContaining("\"web 1\" is not the name of a host");
    }

    @Test
    void aNegativeTimeIsRefused() {
        assertThatThrownBy(() ->
                        new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ofSeconds(-1)))
                .hasMessageContaining("7 days");
    }
}
