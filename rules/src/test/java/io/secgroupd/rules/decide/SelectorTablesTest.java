package io.secgroupd.rules.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Ports cut into intervals, each with the first rule that matches there. */
class SelectorTablesTest {

    private static final int MAX_PORT = 65535;

    private final SelectorTables.Builder builder = new SelectorTables.Builder();

    @Test
    void anIntervalReachesFromItsFirstPortToTheNextOne() {
        builder.slot();
        builder.interval(0, RuleTable.NO_RULE);
        builder.interval(80, 3);
        builder.interval(90, 1);
        builder.interval(91, RuleTable.NO_RULE);
        SelectorTables tables = builder.build();

        assertThat(tables.match(0, 0)).isEqualTo(RuleTable.NO_RULE);
        assertThat(tables.match(0, 79)).isEqualTo(RuleTable.NO_RULE);
        assertThat(tables.match(0, 80)).isEqualTo(3);
        assertThat(tables.match(0, 89)).isEqualTo(3);
        assertThat(tables.match(0, 90)).isEqualTo(1);
        assertThat(tables.match(0, 91)).isEqualTo(RuleTable.NO_RULE);
        assertThat(tables.match(0, MAX_PORT)).isEqualTo(RuleTable.NO_RULE);
    }

    @Test
    void neighboursWithOneRuleAreOneInterval() {
        builder.slot();
        builder.interval(0, 5);
        builder.interval(80, 5);
        builder.interval(MAX_PORT, 6);
        SelectorTables tables = builder.build();

        assertThat(tables.match(0, 80)).isEqualTo(5);
        assertThat(tables.match(0, MAX_PORT)).isEqualTo(6);
    }

    @Test
    void eachOfManyTablesAnswersForItself() {
        for (int slot = 0; slot < 100; slot++) {
            builder.slot();
            builder.interval(0, slot);
            builder.interval(1000 + slot, RuleTable.NO_RULE);
        }
        SelectorTables tables = builder.build();

        for (int slot = 0; slot < 100; slot++) {
            assertThat(tables.match(slot, 999 + slot)).isEqualTo(slot);
            assertThat(tables.match(slot, 1000 + slot)).isEqualTo(RuleTable.NO_RULE);
        }
    }

    @Test
    void noPortIsLeftOutAndNoneIsGivenTwice() {
        builder.slot();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.interval(1, 0));
        builder.interval(0, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.interval(0, 1));
    }

    @Test
    void aTableHasRoomForAllRulesButOneOfSixteenBits() {
        builder.slot();
        builder.interval(0, 0xfffe);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.interval(1, 0xffff));
        assertThat(builder.build().match(0, MAX_PORT)).isEqualTo(0xfffe);
    }
}
