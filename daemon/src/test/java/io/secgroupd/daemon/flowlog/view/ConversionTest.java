package io.secgroupd.daemon.flowlog.view;

import static io.secgroupd.daemon.flowlog.view.LineTexts.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.testkit.ArbitraryLines;
import io.secgroupd.daemon.testkit.DecisionLine;
import io.secgroupd.daemon.testkit.FlowLine;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** From one format into the other: what both can say stays what it was. */
class ConversionTest {

    private static final List<Field> IN_BOTH = List.of(
            Field.HOST,
            Field.INSTANCE,
            Field.SRC,
            Field.SPORT,
            Field.DST,
            Field.DPORT,
            Field.PACKETS,
            Field.VERDICT,
            Field.GROUP,
            Field.RULE,
            Field.REASON);

    private final JsonText toJson = new JsonText();
    private final VpcText toVpc = new VpcText();

    @Property(tries = 300)
    void aDecisionIsTheSameInTheVpcFormat(@ForAll("decisions") DecisionLine decision) {
        LogLine before = parsed(decision.json());
        LogLine after = parsed(LineTexts.of(toVpc, decision.json()));

        assertSame(before, after);
        assertThat(after.timeMillis()).isEqualTo(before.timeMillis() / 1000 * 1000);
    }

    @Property(tries = 300)
    void aVpcLineIsTheSameInJson(@ForAll("decisions") DecisionLine decision) {
        String vpc = LineTexts.of(toVpc, decision.json());
        String json = LineTexts.of(toJson, vpc);

        assertSame(parsed(vpc), parsed(json));
        assertThat(LineTexts.of(toVpc, json)).isEqualTo(vpc);
    }

    @Property(tries = 100)
    void aLineStaysAsItIsInItsOwnFormat(@ForAll("decisions") DecisionLine decision) {
        String vpc = LineTexts.of(toVpc, decision.json());

        assertThat(LineTexts.of(toJson, decision.json())).isEqualTo(decision.json());
        assertThat(LineTexts.of(toVpc, vpc)).isEqualTo(vpc);
    }

    @Test
    void whatWasLostIsSaidInBothFormats() {
        String vpc = LineTexts.of(toVpc, DecisionLine.lost(17).json());

        assertThat(parsed(vpc).isSkipData()).isTrue();
        assertThat(parsed(vpc).number(Field.LOST)).isEqualTo(17);
        assertThat(FlowLine.parse(LineTexts.of(toJson, vpc)).get(0).decisions()).isEqualTo(17);
    }

    @Test
    void aNameWithABlankDoesNotShiftTheFieldsBehindIt() {
        LogLine line = parsed(LineTexts.of(
                toVpc, DecisionLine.accept().with("instance", "orders 1").json()));

        assertThat(line.text(Field.INSTANCE)).isEqualTo("orders_1");
        assertThat(line.number(Field.DPORT)).isEqualTo(5432);
    }

    @Test
    void aPingHasNoPortsInJson() {
        FlowLine json = FlowLine.parse(LineTexts.of(
                        toJson, LineTexts.of(toVpc, DecisionLine.ping().json())))
                .get(0);

        assertThat(json.text("protocol")).isEqualTo("icmp");
        assertThat(json.text("sport")).isEqualTo("null");
        assertThat(json.text("dport")).isEqualTo("null");
    }

    @Test
    void aPacketThatCouldNotBeReadHasNoProtocolInEitherFormat() {
        DecisionLine unread = DecisionLine.reject()
                .with("protocol", null)
                .with("src", null)
                .with("dst", null)
                .with("sport", null)
                .with("dport", null);
        String vpc = LineTexts.of(toVpc, unread.json());

        assertThat(parsed(vpc).protocol()).isNegative();
        assertThat(FlowLine.parse(LineTexts.of(toJson, vpc)).get(0).text("protocol"))
                .isEqualTo("null");
    }

    @Provide
    Arbitrary<DecisionLine> decisions() {
        return ArbitraryLines.decisions();
    }

    private static void assertSame(LogLine before, LogLine after) {
        for (Field field : IN_BOTH) {
            assertThat(after.text(field)).as(field.inJson()).isEqualTo(before.text(field));
        }
        assertThat(after.protocol()).isEqualTo(before.protocol());
        assertThat(after.accepted()).isEqualTo(before.accepted());
        assertThat(after.firstMillis()).isEqualTo(before.firstMillis() / 1000 * 1000);
        assertThat(after.lastMillis()).isEqualTo(before.lastMillis() / 1000 * 1000);
    }
}
