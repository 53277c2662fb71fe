package io.secgroupd.daemon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.DecisionLine;
import io.secgroupd.daemon.testkit.FlowLine;
import org.junit.jupiter.api.Test;

class LoggedDecisionsTest {

    private static final DecisionLine FIRST_OPEN = DecisionLine.accept().with("dport", SwappingPolicy.opened(0));
    private static final DecisionLine FIRST_SHUT = DecisionLine.reject().with("dport", SwappingPolicy.opened(0));
    private static final DecisionLine OTHER_OPEN = DecisionLine.accept().with("dport", SwappingPolicy.closed(0));
    private static final DecisionLine OTHER_SHUT = DecisionLine.reject().with("dport", SwappingPolicy.closed(0));

    @Test
    void anEditThatOpensOneAndShutsTheOtherIsAWholePolicy() {
        var log = log(
                FIRST_OPEN, OTHER_SHUT, FIRST_OPEN, FIRST_SHUT.with("generation", 8), OTHER_OPEN.with("generation", 8));

        assertThat(log.halfAPolicy()).isEmpty();
    }

    @Test
    void bothOpenOrBothShutIsHalfAPolicy() {
        assertThat(log(FIRST_OPEN, OTHER_OPEN).halfAPolicy()).isPresent();
        assertThat(log(OTHER_SHUT, FIRST_SHUT).halfAPolicy()).isPresent();
    }

    @Test
    void aGenerationThatJudgesOnePortInTwoWaysIsNone() {
        assertThat(log(FIRST_OPEN, FIRST_SHUT).halfAPolicy()).isPresent();
    }

    @Test
    void generationsOfTwoStartsAreNotCompared() {
        assertThat(log(FIRST_OPEN, FIRST_SHUT.with("start", "ffffffff")).halfAPolicy())
                .isEmpty();
    }

    @Test
    void recordsAndLossesAreAddedUp() {
        var log = log(FIRST_OPEN.with("packets", 3), DecisionLine.lost(4), FIRST_OPEN);

        assertThat(log.recorded()).isEqualTo(4);
        assertThat(log.lost()).isEqualTo(4);
    }

    @Test
    void ofTheLastStartAreThoseWithItsName() {
        var log = log(FIRST_OPEN, FIRST_OPEN.with("start", "ffffffff").at(DecisionLine.NOON.plusSeconds(1)));

        assertThat(log.ofTheLastStart()).isEqualTo(1);
    }

    private static LoggedDecisions log(DecisionLine... lines) {
        var text = new StringBuilder();
        for (DecisionLine line : lines) {
            text.append(line.json());
        }
        return new LoggedDecisions(FlowLine.parse(text.toString()));
    }
}
