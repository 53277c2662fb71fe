package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Verdict;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The verdict on both halves of a flow, on whichever hosts its ends are: what its source may send, and what its
 * destination may take. It is what the hosts of both ends decide together, each by its {@link PacketFilter}.
 *
 * @param egress  empty when nobody's rules judge the source, or when both ends are one instance
 * @param ingress empty when nobody's rules judge the destination, or when both ends are one instance
 * @param reason  the reason of the half that decides, or why neither was judged
 */
public record Judgement(FlowTuple flow, Optional<Decision> egress, Optional<Decision> ingress, Reason reason) {

    /** Traffic between two addresses of one instance is loopback. */
    public static Judgement sameInstance(FlowTuple flow) {
        return new Judgement(flow, Optional.empty(), Optional.empty(), Reason.SAME_INSTANCE);
    }

    /** Combines the decisions about both ends; where nobody's rules judge an end, nobody's consent is needed. */
    public static Judgement of(FlowTuple flow, Optional<Decision> egress, Optional<Decision> ingress) {
        Optional<Decision> telling = egress.filter(half -> !half.passes())
                .or(() -> ingress.filter(half -> !half.passes()))
                .or(() -> egress.filter(Decision::observed))
                .or(() -> ingress)
                .or(() -> egress);
        return new Judgement(
                flow, egress, ingress, telling.map(Decision::reason).orElse(Reason.NO_INSTANCE));
    }

    /**
     * REJECT when a half that was judged rejects, and when nobody's rules judge either end: what no instance lists is
     * never meant to be open.
     */
    public Verdict verdict() {
        if (egress.isEmpty() && ingress.isEmpty()) {
            return reason == Reason.SAME_INSTANCE ? Verdict.ACCEPT : Verdict.REJECT;
        }
        return bothAre(Decision::accepted) ? Verdict.ACCEPT : Verdict.REJECT;
    }

    /** Reports whether a flow that is rejected passes all the same, since only instances that observe refuse it. */
    public boolean observed() {
        boolean judged = egress.isPresent() || ingress.isPresent();
        return judged && verdict() == Verdict.REJECT && bothAre(Decision::passes);
    }

    private boolean bothAre(Predicate<Decision> what) {
        return holds(egress, what) && holds(ingress, what);
    }

    private static boolean holds(Optional<Decision> half, Predicate<Decision> what) {
        return half.isEmpty() || what.test(half.get());
    }
}
