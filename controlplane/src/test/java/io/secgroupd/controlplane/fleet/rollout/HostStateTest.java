package io.secgroupd.controlplane.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HostStateTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00.5Z");
    private static final HostState STATE = new HostState(
            "web1",
            11,
            1,
            12,
            2,
            "rules.yaml:3: \"x\"\nis unknown",
            true,
            OptionalLong.of(3),
            OptionalLong.empty(),
            NOW,
            NOW.minusSeconds(9),
            NOW.plusSeconds(9),
            true,
            "s1",
            "0.1.0");

    @Test
    void itIsReadAsItWasWritten() throws IOException {
        assertThat(HostStateJson.parse(HostStateJson.text(STATE))).isEqualTo(STATE);
        assertThat(HostStateJson.parse(HostStateJson.text(HostState.unknown("web2"))))
                .isEqualTo(HostState.unknown("web2"));
    }

    @Test
    void whatIsMissingOrDamagedIsSaid() {
        String text = HostStateJson.text(STATE);

        assertThatThrownBy(() -> HostStateJson.parse(text.replace("\"changed\"", "\"then\"")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"changed\" is missing");
        assertThatThrownBy(() -> HostStateJson.parse(text.replace("\"in_force\":\"11\"", "\"in_force\":\"?\"")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in_force");
    }

    @Test
    void aRevisionThatIsInForceWasNotRefused() {
        assertThat(STATE.hasRefused(12)).isTrue();
        assertThat(STATE.has(11)).isTrue();
        assertThat(STATE.has(12)).isFalse();
        assertThat(STATE.hasRefused(11)).isFalse();
    }
}
