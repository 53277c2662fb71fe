package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.ArbitraryLines;
import io.secgroupd.daemon.testkit.DecisionLine;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** One decision on one line of a terminal. */
class TextLineTest {

    private final TextLine text = new TextLine(new Style(false, false));

    @Property(tries = 300)
    void noDecisionIsLongerThanTheScreen(@ForAll("decisions") DecisionLine decision) {
        assertOneLine(shown(decision));
    }

    @Property(tries = 300)
    void noNameIsTooLongOrBreaksTheLine(
            @ForAll @NotEmpty @StringLength(max = 90) String name,
            @ForAll @NotEmpty @StringLength(max = 90) String rule) {
        assertOneLine(shown(
                DecisionLine.accept().with("instance", name).with("group", name).with("rule", rule)));
        assertOneLine(shown(DecisionLine.reject().with("reason", name).with("src", rule)));
    }

    @Test
    void columnsStandBelowTheirNames() {
        String header = text.header();
        String line = shown(DecisionLine.accept());

        assertThat(line.indexOf("tcp 5432")).isEqualTo(header.indexOf("SERVICE"));
        assertThat(line.indexOf("10.0.1.10")).isEqualTo(header.indexOf("SOURCE"));
        assertThat(line.indexOf("10.0.2.10")).isEqualTo(header.indexOf("DESTINATION"));
        assertThat(line.indexOf("orders-1")).isEqualTo(header.indexOf("INSTANCE"));
        assertThat(line.indexOf("sg-db")).isEqualTo(header.indexOf("WHY"));
    }

    @Test
    void directionIsThatOfThePacket() {
        assertThat(shown(DecisionLine.accept())).contains("ACCEPT in ");
        assertThat(shown(DecisionLine.accept().with("direction", "egress"))).contains("ACCEPT out ");
        assertThat(shown(DecisionLine.reject().with("direction", null))).contains("REJECT     tcp 22");
    }

    @Test
    void severalPacketsOfOneRefusalAreCounted() {
        assertThat(shown(DecisionLine.reject().with("packets", 12))).endsWith("no-matching-rule x12\n");
        assertThat(shown(DecisionLine.reject())).endsWith("no-matching-rule\n");
    }

    @Test
    void whatWasOnlyObservedIsToldFromWhatWasRefused() {
        assertThat(shown(DecisionLine.reject().with("observed", true))).endsWith("no-matching-rule observed\n");
    }

    @Test
    void theUnitStandsBehindTheReason() {
        assertThat(shown(DecisionLine.reject().with("unit", "nginx.service")))
                .endsWith("no-matching-rule nginx.service\n");
        assertThat(shown(DecisionLine.reject().with("unit", "\u001b[2J\u202e"))).endsWith("no-matching-rule ?[2J?\n");
        assertThat(shown(DecisionLine.reject().with("unit", "x".repeat(300))))
                .hasSizeLessThanOrEqualTo(Style.WIDTH + 42);
    }

    @Test
    void lostDecisionsAreALineOfTheirOwn() {
        assertThat(shown(DecisionLine.lost(12_345))).contains("LOST").contains("12,345 decisions");
    }

    @Test
    void aPingHasItsTypeInPlaceOfAPort() {
        assertThat(shown(DecisionLine.ping())).contains("icmp 8/0");
    }

    @Test
    void theMinuteThatIsKeptIsTheRightOne() {
        shown(DecisionLine.accept().at(DecisionLine.NOON));

        assertThat(shown(DecisionLine.accept().at(DecisionLine.NOON.plusSeconds(59))))
                .startsWith("11-24 12:00:59 ");
        assertThat(shown(DecisionLine.accept().at(DecisionLine.NOON.plusSeconds(60))))
                .startsWith("11-24 12:01:00 ");
        assertThat(shown(DecisionLine.accept().at(DecisionLine.NOON.minusMillis(1))))
                .startsWith("11-24 11:59:59 ");
    }

    @Provide
    Arbitrary<DecisionLine> decisions() {
        return ArbitraryLines.decisions();
    }

    private String shown(DecisionLine decision) {
        return LineTexts.of(text, decision.json());
    }

    private static void assertOneLine(String shown) {
        assertThat(shown).endsWith("\n").hasSizeLessThanOrEqualTo(Style.WIDTH + 1);
        assertThat(shown.strip()).hasLineCount(1).doesNotContain("\u001b", "\u0085");
    }
}
