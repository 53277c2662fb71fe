package io.secgroupd.daemon.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Rfc3339Test {

    private final Rfc3339 times = new Rfc3339();

    @Test
    void writesEveryDigit() {
        assertThat(text("2026-11-24T23:59:59.987Z")).isEqualTo("2026-11-24T23:59:59.987Z");
        assertThat(text("2026-11-25T00:00:00Z")).isEqualTo("2026-11-25T00:00:00.000Z");
        assertThat(text("1969-12-31T23:59:59.999Z")).as("a clock that is wrong").isEqualTo("1969-12-31T23:59:59.999Z");
    }

    @Test
    void agreesWithTheJdk() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(4_102_444_800_000L));
            assertThat(Instant.parse(text(time.toString()))).isEqualTo(time);
        }
    }

    private String text(String time) {
        return new String(times.format(Instant.parse(time).toEpochMilli()), StandardCharsets.US_ASCII);
    }
}
