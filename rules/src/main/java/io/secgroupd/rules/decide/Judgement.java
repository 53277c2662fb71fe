package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Verdict;
import java.util.Optional;

/**
 * Both halves of a flow: what its source may send, what its destination may take.
 *
 * @param egress  empty when the source is no instance, or when both ends are one instance
 * @param ingress empty when the destination is no instance, or when both ends are one instance
 * @param reason  why a flow of which no half was judged is accepted, else the reason of the half that tells
 */
public record Judgement(FlowTuple flow, Optional<Decision> egress, Optional<Decision> ingress, Reason reason) {

    /** Between two addresses of one instance lies loopback. */
    public static Judgement sameInstance(FlowTuple flow) {
        return new Judgement(flow, Optional.empty(), Optional.empty(), Reason.SAME_INSTANCE);
    }

    public static Judgement of(FlowTuple flow, Optional<Decision> egress, Optional<Decision> ingress) {
        Optional<Decision> telling =
                egress.filter(half -> !half.accepted()).or(() -> ingress).or(() -> egress);
        return new Judgement(
                flow, egress, ingress, telling.map(Decision::reason).orElse(Reason.NO_INSTANCE));
    }

    /** REJECT when a half that was judged rejects. */
    public Verdict verdict() {
        boolean rejected = egress.filter(half -> !half.accepted()).isPresent()
                || ingress.filter(half -> !half.accepted()).isPresent();
        return rejected ? Verdict.REJECT : Verdict.ACCEPT;
    }
}
