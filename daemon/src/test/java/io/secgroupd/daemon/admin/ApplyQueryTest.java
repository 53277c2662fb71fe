package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request to try a candidate says: a time within an hour, and what becomes of running connections. */
class ApplyQueryTest {

    private static final byte[] POLICY = "version: 1\n".getBytes(StandardCharsets.UTF_8);

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void anHourAtMostIsTakenToTheSecond(@ForAll @IntRange(max = 9999) int seconds) {
        Optional<Duration> time = read("confirm=" + seconds).map(ApplyRequest::time);

        assertThat(time)
                .isEqualTo(
                        seconds >= 1 && seconds <= 3600 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "confirm=", "confirm=-1", "confirm=060", "confirm=1e3", "confirm=60s", "confirm=99999999999"
            })
    void withoutATimeNothingIsTried(String query) {
        assertThat(read(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "cut", "report"})
    void whatBecomesOfConnectionsIsOneOfThreeWords(String word) {
        assertThat(read("confirm=60&existing=" + word))
                .map(ApplyRequest::existing)
                .contains(Optional.of(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CUT", "cutt", "cut,keep", "drop"})
    void anotherWordIsNoRequest(String word) {
        assertThat(read("confirm=60&existing=" + word)).isEmpty();
    }

    @Test
    void withoutAWordTheSettingsDecide() {
        assertThat(read("confirm=60")).map(ApplyRequest::existing).contains(Optional.empty());
    }

    @Test
    void withoutABodyThereIsNoCandidate() {
        assertThat(ApplyQuery.read(new QueryStringDecoder("/apply?confirm=60"), new byte[0]))
                .isEmpty();
    }

    @Test
    void nobodyChangesTheCandidateWhileItIsJudged() {
        assertThat(read("confirm=60").orElseThrow().content().isReadOnly()).isTrue();
    }

    @Test
    void theConnectionOfTheOperatorIsTakenAsItIs() {
        assertThat(read("confirm=60&caller=192.0.2.7,10.0.0.1,22"))
                .map(ApplyRequest::caller)
                .contains(Optional.of("192.0.2.7,10.0.0.1,22"));
    }

    private static Optional<ApplyRequest> read(String query) {
        return ApplyQuery.read(new QueryStringDecoder("/apply?" + query), POLICY);
    }
}
