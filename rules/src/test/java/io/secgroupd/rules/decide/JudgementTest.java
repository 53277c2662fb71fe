package io.secgroupd.rules.decide;

import static io.secgroupd.rules.testkit.PolicyBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of two halves, the one that decides gives the reason. */
class JudgementTest {

    private static final FlowTuple FLOW =
            FlowTuple.ofPorts(address("10.0.0.1"), address("10.0.0.2"), Protocol.TCP.number(), 443);
    private static final Decision REFUSED_OUT = Decision.reject(Direction.EGRESS, Reason.NO_MATCHING_RULE, "a");
    private static final Decision OBSERVED_OUT = Decision.observe(Direction.EGRESS, Reason.NO_MATCHING_RULE, "a");
    private static final Decision REFUSED_IN = Decision.reject(Direction.INGRESS, Reason.NO_GROUPS, "b");
    private static final Decision OBSERVED_IN = Decision.observe(Direction.INGRESS, Reason.NO_GROUPS, "b");
    private static final Decision ALLOWED_IN =
            Decision.accept(Direction.INGRESS, "b", new MatchedRule("sgr-1", "sg-b", "rules.yaml:1", 0));

    @Test
    void whatHoldsGoesBeforeWhatIsOnlyObserved() {
        assertThat(judged(OBSERVED_OUT, REFUSED_IN)).isEqualTo("REJECT no-groups");
        assertThat(judged(REFUSED_OUT, OBSERVED_IN)).isEqualTo("REJECT no-matching-rule");
    }

    @Test
    void whatIsObservedGoesBeforeWhatIsAllowed() {
        assertThat(judged(OBSERVED_OUT, ALLOWED_IN)).isEqualTo("REJECT no-matching-rule, observed");
    }

    @Test
    void ofTwoThatRefuseAlikeTheSendersIsFirst() {
        assertThat(judged(REFUSED_OUT, REFUSED_IN)).isEqualTo("REJECT no-matching-rule");
        assertThat(judged(OBSERVED_OUT, OBSERVED_IN)).isEqualTo("REJECT no-matching-rule, observed");
    }

    @Test
    void anEndThatNobodyJudgesNeedsNobodysConsent() {
        assertThat(text(Judgement.of(FLOW, Optional.empty(), Optional.of(ALLOWED_IN))))
                .isEqualTo("ACCEPT rule");
        assertThat(text(Judgement.of(FLOW, Optional.of(REFUSED_OUT), Optional.empty())))
                .isEqualTo("REJECT no-matching-rule");
        assertThat(text(Judgement.of(FLOW, Optional.empty(), Optional.empty()))).isEqualTo("REJECT no-instance");
        assertThat(text(Judgement.sameInstance(FLOW))).isEqualTo("ACCEPT same-instance");
    }

    private static String judged(Decision egress, Decision ingress) {
        return text(Judgement.of(FLOW, Optional.of(egress), Optional.of(ingress)));
    }

    private static String text(Judgement judgement) {
        return judgement.verdict() + " " + judgement.reason().word() + (judgement.observed() ? ", observed" : "");
    }
}
