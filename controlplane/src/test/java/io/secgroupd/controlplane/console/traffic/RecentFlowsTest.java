package io.secgroupd.controlplane.console.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.traffic.RecentFlows.FlowPart;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The last lines and the last seconds are kept, and no others. */
class RecentFlowsTest {

    private final RecentFlows ring = new RecentFlows();

    @Test
    void aPageIsGivenWhatItHasNotSeen() {
        fill(5);

        assertThat(ring.after(RecentFlows.NONE, 3)).isEqualTo(part(5, 0, 3, 4, 5));
        assertThat(ring.after(0, 10)).isEqualTo(part(5, 0, 1, 2, 3, 4, 5));
        assertThat(ring.after(2, 10)).isEqualTo(part(5, 0, 3, 4, 5));
        assertThat(ring.after(2, 2)).isEqualTo(part(5, 1, 4, 5));
        assertThat(ring.after(5, 10)).isEqualTo(part(5, 0));
    }

    @Test
    void aPageOfAnEarlierStartBeginsAnew() {
        fill(2);

        assertThat(ring.after(70, 10)).isEqualTo(part(2, 0, 1, 2));
    }

    @Test
    void linesThatWereOverwrittenCountAsLeftOut() {
        fill(RecentFlows.MOST + 10);

        FlowPart part = ring.after(3, RecentFlows.MOST);

        assertThat(part.leftOut()).isEqualTo(7);
        assertThat(part.json()).hasSize(RecentFlows.MOST);
        assertThat(part.json().get(0)).isEqualTo("{\"n\":11,\"v\":11}");
    }

    @Test
    void afterClearingTheNumbersGoOn() {
        fill(3);
        ring.clear();
        ring.add(line(4));

        assertThat(ring.after(2, 10)).isEqualTo(part(4, 1, 4));
    }

    @Test
    void secondsThatAreLongAgoAreNotTakenForThoseOfNow() throws IOException {
        var rates = new FlowRates();
        rates.add(1_000, true, 4);
        rates.add(1_000 + FlowRates.SECONDS - 1, true, 2);
        rates.add(1_000 + FlowRates.SECONDS - 1, false, 3);

        assertThat(written(rates, 1_119)).startsWith("[[1000,4,0],[1001,0,0]").endsWith("[1119,2,3]]");
        assertThat(written(rates, 1_120)).startsWith("[[1001,0,0]").endsWith("[1119,2,3],[1120,0,0]]");
    }

    private void fill(int count) {
        for (int i = 1; i <= count; i++) {
            ring.add(line(i));
        }
    }

    private static RawFlow line(int value) {
        return new RawFlow(("{\"v\":" + value + "}").getBytes(UTF_8));
    }

    private static FlowPart part(long next, long leftOut, int... numbers) {
        return new FlowPart(
                next,
                leftOut,
                Arrays.stream(numbers)
                        .mapToObj(n -> "{\"n\":" + n + ",\"v\":" + n + "}")
                        .toList());
    }

    private static String written(FlowRates rates, long now) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            rates.write(now, json);
        }
        return text.toString();
    }
}
