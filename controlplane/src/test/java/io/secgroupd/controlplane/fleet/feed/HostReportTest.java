package io.secgroupd.controlplane.fleet.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HostReportTest {

    private static final OptionalLong NONE = OptionalLong.empty();

    private static HostReport report(String problem) {
        return new HostReport(Result.REFUSED, 3, 0, "", problem, NONE, NONE, "1.0");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        var full = new HostReport(
                Result.IN_FORCE, 3, 2, "0a".repeat(32), "", OptionalLong.of(4), OptionalLong.of(0), "1.0");
        assertThat(HostReport.parse(full.bytes())).isEqualTo(full);
        HostReport sparse = report("rules.yaml:3:1: no \"group\"\u2026 \ud83d\ude00");
        assertThat(HostReport.parse(sparse.bytes())).isEqualTo(sparse);
        assertThat(sparse.after(9).refusedAfter()).hasValue(9);
        assertThat(new String(full.bytes(), UTF_8)).startsWith("{\"result\":\"in_force\",\"serial\":3,");
    }

    @Test
    void theWorstProblemCanBeSent() throws IOException {
        for (String each : new String[] {"x", "\"", "\u0001", "\n", "\ud83d", "\ude00", "\ud83d\ude00", "\u20ac"}) {
            HostReport report = report(each.repeat(2_000));
            assertThat(report.problem().length()).isBetween(999, 1_000);
            assertThat(report.bytes()).hasSizeLessThan(FeedLimits.REPORT);
            assertThat(HostReport.parse(report.bytes())).isEqualTo(report);
        }
        assertThat(report("a\nb\u0000\ud83d").problem()).isEqualTo("a b ?");
    }

    @Test
    void anotherFormIsRefused() {
        String text = new String(report("x").bytes(), UTF_8);
        for (String other : new String[] {
            text.replace("refused", "perhaps"),
            text.replace("\"policy\":\"\"", "\"policy\":\"x\""),
            text.replace(":3,", ":-3,"),
            text.replace("\"problem\"", "\"refused_before\":-1,\"problem\""),
            text.replace("\"problem\":\"x\",", "")
        }) {
            assertThat(other).isNotEqualTo(text);
            assertThatThrownBy(() -> HostReport.parse(other.getBytes(UTF_8))).isInstanceOf(IOException.class);
        }
    }
}
