package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.DecisionLine;
import io.secgroupd.rules.net.PortRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines an operator sees who asks for some of them. */
class FlowFilterTest {

    @ParameterizedTest
    @CsvSource({"443, true", "442, false", "65979, false", "4294967739, false"})
    void aNumberThatIsNoPortIsNotTakenForOne(long port, boolean shown) {
        var https = new FlowFilter().port(List.of(new PortRange(443, 443)));

        assertThat(https.matches(parsed(DecisionLine.accept().with("dport", port))))
                .isEqualTo(shown);
    }

    @Test
    void aPingHasNoPort() {
        var any = new FlowFilter().port(List.of(new PortRange(0, 65_535)));

        assertThat(any.matches(parsed(DecisionLine.ping()))).isFalse();
    }

    @Test
    void bothEndsOfATimeBelongToIt() {
        long noon = DecisionLine.NOON.toEpochMilli();
        LogLine line = parsed(DecisionLine.accept());

        assertThat(new FlowFilter().between(noon, noon).matches(line)).isTrue();
        assertThat(new FlowFilter().between(noon + 1, noon + 2).matches(line)).isFalse();
        assertThat(new FlowFilter().between(noon - 2, noon - 1).matches(line)).isFalse();
    }

    @Test
    void withoutValuesAConditionIsNone() {
        assertThat(new FlowFilter().group(List.of()).rule(List.of()).matches(parsed(DecisionLine.accept())))
                .isTrue();
    }

    @Test
    void aNameIsTheWholeName() {
        LogLine line = parsed(DecisionLine.accept());

        assertThat(new FlowFilter().group(List.of("sg-x", "sg-db")).matches(line))
                .isTrue();
        assertThat(new FlowFilter().group(List.of("sg-d")).matches(line)).isFalse();
        assertThat(new FlowFilter().group(List.of("sg-db2")).matches(line)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx.service, true",
        "nginx, true",
        "nginx.*, true",
        "ngin?, true",
        "*, true",
        "ngin, false",
        "nginx.socket, false",
        "nginxx, false",
        "nginx?service, true",
        "'\\E.*\\Q', false"
    })
    void aUnitIsNamedAsForSystemctl(String asked, boolean shown) {
        LogLine line = parsed(DecisionLine.accept().with("unit", "nginx.service"));

        assertThat(new FlowFilter().unit(List.of("other", asked)).matches(line)).isEqualTo(shown);
    }

    @Test
    void whatHasNoUnitIsOfNone() {
        assertThat(new FlowFilter().unit(List.of("nginx")).matches(parsed(DecisionLine.accept())))
                .isFalse();
        assertThat(new FlowFilter().unit(List.of("*")).matches(parsed(DecisionLine.accept())))
                .isFalse();
    }

    private static LogLine parsed(DecisionLine line) {
        return LogText.parsed(line.json()).get(0);
    }
}
