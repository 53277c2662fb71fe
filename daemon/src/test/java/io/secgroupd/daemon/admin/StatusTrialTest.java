package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.admin.DaemonStatus.PolicyStatus;
import io.secgroupd.daemon.admin.DaemonStatus.TrialStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A status while a candidate is tried: nobody should take what is in force for what the file says. */
class StatusTrialTest {

    private static final String HASH = "fedcba9876543210";

    @Test
    void aTrialIsToldWithWhatKeepsItAndWhenItEnds() {
        String line = lineOf("TRIAL", StatusText.of(trying("ada", Duration.ofSeconds(125))));

        assertThat(line)
                .contains("secgroupd confirm fedcba987654 ")
                .contains("2m 5s")
                .contains("ada");
    }

    @Test
    void whoBeganItIsLeftOutWhenNobodyKnows() {
        assertThat(StatusText.of(trying("", Duration.ofSeconds(5))))
                .contains("TRIAL")
                .doesNotContain("begun by");
    }

    @Test
    void withoutATrialNoneIsTold() throws IOException {
        DaemonStatus status = new FakeDaemon().status();

        assertThat(StatusText.of(status)).doesNotContain("TRIAL");
        assertThat(json(status)).contains("\"trial\":null");
    }

    @Test
    void programsReadAllOfTheTrial() throws IOException {
        assertThat(json(trying("ada", Duration.ofSeconds(60))))
                .contains("\"hash\":\"" + HASH + "\"", "\"by\":\"ada\"", "\"until\":\"2026-11-24T12:01:00Z\"");
    }

    @Test
    void whatIsNotKnownIsNullForPrograms() throws IOException {
        FakeDaemon daemon = new FakeDaemon();
        daemon.kernelTells = false;

        assertThat(json(daemon.status()))
                .contains("\"queue_full\":null", "\"gone\":3", "\"depth\":null")
                .doesNotContain("\"depth\":0");
    }

    @Test
    void aSoundFileIsNotCalledRefused() throws IOException {
        FakeDaemon daemon = new FakeDaemon();
        daemon.sound = true;

        assertThat(StatusText.of(daemon.status())).doesNotContain("STALE");
        assertThat(json(daemon.status())).contains("\"refused\":null");
    }

    @ParameterizedTest
    @CsvSource({
        "-5,    0s",
        "0,     0s",
        "59,    59s",
        "60,    1m 0s",
        "3599,  59m 59s",
        "3600,  1h 0m",
        "86399, 23h 59m",
        "86400, 1d 0h"
    })
    void anAgeHasItsTwoLargestUnits(long seconds, String age) {
        assertThat(StatusText.age(Instant.EPOCH, Instant.EPOCH.plusSeconds(seconds)))
                .isEqualTo(age);
    }

    /** What it leaves out is less than the smaller of its two units. */
    @Property
    void anAgeIsNeverLongerThanTheTimeItTells(@ForAll @LongRange(max = 10_000_000) long seconds) {
        long told = 0;
        for (String part : StatusText.age(Instant.EPOCH, Instant.EPOCH.plusSeconds(seconds))
                .split(" ")) {
            long number = Long.parseLong(part.substring(0, part.length() - 1));
            told += switch (part.charAt(part.length() - 1)) {
                case 'd' -> number * 86_400;
                case 'h' -> number * 3600;
                case 'm' -> number * 60;
                default -> number;
            };
        }

        assertThat(seconds - told).isBetween(0L, seconds >= 86_400 ? 3599L : seconds >= 3600 ? 59L : 0L);
    }

    private static String lineOf(String label, String text) {
        int begin = text.indexOf(label);
        return text.substring(begin, text.indexOf("STALE")).replaceAll("\\s+", " ");
    }

    private static DaemonStatus trying(String by, Duration left) {
        DaemonStatus now = new FakeDaemon().status();
        PolicyStatus policy = now.policy();
        var tried = new PolicyStatus(
                policy.file(),
                policy.generation(),
                policy.hash(),
                policy.since(),
                policy.change(),
                policy.instances(),
                policy.refusal(),
                policy.failures(),
                Optional.of(new TrialStatus("candidate.yaml", HASH, by, FakeDaemon.NOW.plus(left), "", false)),
                policy.nextEnd());
        return new DaemonStatus(
                now.version(),
                now.mode(),
                now.started(),
                now.start(),
                now.at(),
                tried,
                now.decisions(),
                now.lastProblem(),
                now.queues(),
                now.dropped(),
                now.latency(),
                now.hooks(),
                now.hooksRestored(),
                now.kernel(),
                now.flowLogLost(),
                now.answers(),
                now.cache(),
                now.units(),
                now.shadow());
    }

    private static String json(DaemonStatus status) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            StatusJson.write(status, json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
