package io.secgroupd.controlplane.console.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.traffic.RawFlow.LineField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few fields of a line are found in its bytes. */
class RawFlowTest {

    @Test
    void fieldsAreFoundByTheirNames() {
        RawFlow line = line(GivenHost.line("REJECT", "egress", "app", "10.0.0.1", "192.0.2.9", 53));

        assertThat(line.text(LineField.VERDICT)).hasValue("REJECT");
        assertThat(line.text(LineField.DIRECTION)).hasValue("egress");
        assertThat(line.text(LineField.INSTANCE)).hasValue("app");
        assertThat(line.text(LineField.DST)).hasValue("192.0.2.9");
        assertThat(line.number(LineField.DPORT)).hasValue(53);
        assertThat(line.number(LineField.ICMP_TYPE)).isEmpty();
    }

    @Test
    void aTextThatLooksLikeAFieldIsNone() {
        RawFlow line = line("{\"host\":\"\\\"verdict\\\":\\\"ACCEPT\\\"\",\"verdict\":\"REJECT\",\"packets\":7}");

        assertThat(line.text(LineField.VERDICT)).hasValue("REJECT");
        assertThat(line.number(LineField.PACKETS)).hasValue(7);
        assertThat(line("{\"instance\":\"a\\\"b\"}").text(LineField.INSTANCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "\"verdict\":",
                "{\"verdict\":",
                "{\"verdict\":\"",
                "{\"dport\":x}",
                "{\"packets\":"
            })
    void whatIsCutOffHasNoFields(String text) {
        RawFlow line = line(text);

        assertThat(line.text(LineField.VERDICT)).isEmpty();
        assertThat(line.number(LineField.PACKETS)).isEmpty();
        assertThat(line.number(LineField.DPORT)).isEmpty();
    }

    @Test
    void theNumberIsTheFirstFieldOfTheSameObject() {
        String numbered = line(GivenHost.accepted()).numbered(12);

        JsonObject object = JsonObject.parse(numbered.getBytes(UTF_8));
        assertThat(numbered).startsWith("{\"n\":12,\"time\"");
        assertThat(object.number("n")).hasValue(12);
        assertThat(object.text("verdict")).isEqualTo("ACCEPT");
        assertThat(line("{}").isObject()).isFalse();
    }

    private static RawFlow line(String text) {
        return new RawFlow(text.getBytes(UTF_8));
    }
}
