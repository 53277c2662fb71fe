package io.secgroupd.rules.analyze;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.NearestMiss;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explanations in words, for {@code explain} and for tests that fail. */
public final class ExplanationText {

    private static final String INDENT = " ".repeat(11);
    private static final String UNKNOWN =
            "  no instance lists either end: a host that has one of these addresses judges by its own instance; ask there\n";

    private ExplanationText() {}

    /** The verdict with the flow, then each half. Every line, including the last, ends with a line feed. */
    public static String of(Explanation explanation) {
        return explanation.verdict() + "  " + flow(explanation) + "\n" + half(explanation, Direction.EGRESS)
                + half(explanation, Direction.INGRESS)
                + (isUnknown(explanation) ? UNKNOWN : "")
                + (explanation.observed() ? "  let in: " + observing(explanation) + "\n" : "");
    }

    /** {@code app-1 and db-1 only observe}: why a flow passes that the rules reject. */
    public static String observing(Explanation explanation) {
        List<String> names = Stream.of(Direction.EGRESS, Direction.INGRESS)
                .flatMap(direction -> explanation.half(direction).stream())
                .filter(Decision::observed)
                .map(Decision::instance)
                .toList();
        return String.join(" and ", names) + (names.size() == 1 ? " only observes" : " only observe");
    }

    private static boolean isUnknown(Explanation explanation) {
        return explanation.judgement().reason() == Reason.NO_INSTANCE
                && explanation.half(Direction.EGRESS).isEmpty()
                && explanation.half(Direction.INGRESS).isEmpty();
    }

    /** {@code tcp 198.51.100.7 -> orders-1 (10.0.2.10) port 3306}. */
    public static String flow(Explanation explanation) {
        FlowTuple flow = explanation.flow();
        return new Protocol(flow.protocol()) + " " + end(explanation.from(), flow.source()) + " -> "
                + end(explanation.to(), flow.destination()) + service(flow);
    }

    /** The reason in one line: the rules of the halves that accept, or what the rejecting half lacks. */
    public static String why(Explanation explanation) {
        Reason reason = explanation.judgement().reason();
        if (isUnknown(explanation)) {
            return "neither end belongs to an instance";
        }
        if (reason == Reason.SAME_INSTANCE) {
            return notJudged(explanation, Direction.INGRESS);
        }
        return Stream.of(Direction.EGRESS, Direction.INGRESS)
                .flatMap(direction -> explanation.half(direction).stream()
                        .filter(decision -> decision.verdict() == explanation.verdict())
                        .map(decision -> direction.word() + " "
                                + (decision.accepted()
                                        ? by(explanation, direction, " ")
                                        : decision.reason().word()
                                                + nearest(explanation, direction, " ")
                                                        .map(near -> "; " + near)
                                                        .orElse(""))))
                .collect(Collectors.joining(", "));
    }

    private static String end(Optional<InstanceFilter> instance, IpAddress address) {
        return instance.map(filter -> filter.name() + " (" + address + ")").orElseGet(address::toString);
    }

    private static String service(FlowTuple flow) {
        int icmp = flow.family() == Family.IPV4 ? Protocol.ICMP.number() : Protocol.ICMPV6.number();
        if (flow.protocol() == icmp) {
            return " type " + flow.icmpType() + " code " + flow.icmpCode();
        }
        return new Protocol(flow.protocol()).hasPorts() ? " port " + flow.destinationPort() : "";
    }

    private static String half(Explanation explanation, Direction direction) {
        String label = direction == Direction.EGRESS ? "  egress   " : "  ingress  ";
        Optional<Decision> decision = explanation.half(direction);
        if (decision.isEmpty()) {
            return label + "not judged: " + notJudged(explanation, direction) + "\n";
        }
        if (decision.get().accepted()) {
            return label + "ACCEPT " + accepted(explanation, direction) + "\n";
        }
        return label + "REJECT " + decision.get().reason().word()
                + (decision.get().observed() ? ", observed" : "") + "\n"
                + nearest(explanation, direction, "  ")
                        .map(near -> INDENT + near + "\n")
                        .orElse("");
    }

    private static String accepted(Explanation explanation, Direction direction) {
        return explanation.terms(direction).isPresent()
                ? by(explanation, direction, "  ")
                : Reason.NO_INSTANCE.word() + ": host_instance is open";
    }

    private static String notJudged(Explanation explanation, Direction direction) {
        FlowTuple flow = explanation.flow();
        if (explanation.judgement().reason() == Reason.SAME_INSTANCE) {
            return "both addresses belong to "
                    + explanation.local(direction).map(InstanceFilter::name).orElse("one instance");
        }
        return (direction == Direction.INGRESS ? flow.destination() : flow.source()) + " belongs to no instance";
    }

    private static String by(Explanation explanation, Direction direction, String gap) {
        return explanation
                .terms(direction)
                .map(terms -> "by " + rule(terms, gap))
                .orElse("");
    }

    private static Optional<String> nearest(Explanation explanation, Direction direction, String gap) {
        return explanation
                .nearest(direction)
                .map(miss -> "nearest: " + rule(miss.terms(), gap) + ": " + differing(miss));
    }

    private static String rule(RuleTerms terms, String gap) {
        MatchedRule rule = terms.rule();
        return rule.id() + " " + rule.group() + " " + rule.at() + gap + terms.text();
    }

    /** {@code source differs}; {@code protocol, port and source differ}. */
    public static String differing(NearestMiss miss) {
        List<String> terms = miss.differing();
        int last = terms.size() - 1;
        if (last == 0) {
            return terms.get(0) + " differs";
        }
        return String.join(", ", terms.subList(0, last)) + " and " + terms.get(last) + " differ";
    }
}
