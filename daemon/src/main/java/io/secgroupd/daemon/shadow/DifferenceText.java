package io.secgroupd.daemon.shadow;

import io.secgroupd.daemon.dataplane.DifferenceCounter;
import io.secgroupd.rules.analyze.ExplanationText;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.NearestMiss;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts what a loop has counted into words, by the two policies that it was counted for.
 *
 * @param candidatePlaces turns the place of a rule of the candidate into the one that the operator knows
 */
record DifferenceText(PacketFilter inForce, PacketFilter candidate, UnaryOperator<String> candidatePlaces) {

    /** Describes a difference, with its figures as they are now. */
    Difference of(DifferenceCounter counter) {
        FlowTuple flow = counter.example();
        return new Difference(
                kind(counter.inForce()),
                new Protocol(flow.protocol()).toString(),
                counter.isOfAnyService() ? "" : service(flow),
                decided(inForce, counter.inForce(), flow, UnaryOperator.identity()),
                decided(candidate, counter.candidate(), flow, candidatePlaces),
                flow.source().toString(),
                flow.destination().toString(),
                counter.count(),
                Instant.ofEpochMilli(counter.first()),
                Instant.ofEpochMilli(counter.last()));
    }

    private static DifferenceKind kind(Decision inForce) {
        return inForce.passes() ? DifferenceKind.NEWLY_REFUSED : DifferenceKind.NEWLY_ALLOWED;
    }

    private static String service(FlowTuple flow) {
        var protocol = new Protocol(flow.protocol());
        if (protocol.hasPorts()) {
            return Integer.toString(flow.destinationPort());
        }
        return protocol.hasIcmpTypes() ? flow.icmpType() + "/" + flow.icmpCode() : "";
    }

    private static DecidedBy decided(
            PacketFilter filter, Decision decision, FlowTuple flow, UnaryOperator<String> places) {
        MatchedRule matched = decision.rule();
        Optional<NearestMiss> nearest = nearest(filter, decision, flow);
        Optional<RuleTerms> terms = matched == null ? nearest.map(NearestMiss::terms) : terms(filter, matched);
        return new DecidedBy(
                decision.direction().word(),
                decision.instance(),
                decision.reason().word(),
                matched == null ? "" : matched.group(),
                matched == null ? "" : matched.id(),
                terms.map(rule -> places.apply(rule.rule().at())).orElse(""),
                nearest.map(DifferenceText::words)
                        .or(() -> terms.map(RuleTerms::text))
                        .orElse(""));
    }

    /** {@code nearest sgr-1f0c22ab sg-web tcp 80 from any: port differs}. */
    private static String words(NearestMiss nearest) {
        RuleTerms terms = nearest.terms();
        return "nearest " + terms.rule().id() + " " + terms.rule().group() + " " + terms.text() + ": "
                + ExplanationText.differing(nearest);
    }

    private static Optional<RuleTerms> terms(PacketFilter filter, MatchedRule matched) {
        return filter.rules().stream()
                .filter(terms -> terms.rule().number() == matched.number())
                .findFirst();
    }

    private static Optional<NearestMiss> nearest(PacketFilter filter, Decision decision, FlowTuple flow) {
        return decision.reason() == Reason.NO_MATCHING_RULE
                ? filter.instance(decision.instance())
                        .flatMap(instance -> instance.nearestMiss(decision.direction(), flow))
                : Optional.empty();
    }
}
