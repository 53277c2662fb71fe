package io.secgroupd.rules.invariant;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.analyze.ExplanationText;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the invariants that the rules keep, but not the hosts: an instance that would have to refuse a flow only observes. They
 * are judged in a policy in which such an instance has one group more, which allows everything.
 */
final class ObservedInvariants {

    /** No file can name it. */
    private static final String EVERYTHING = "sg-*";

    private static final Location NOWHERE = new Location("", 1, 1);

    private final Explainer explainer;
    private final Search search;
    private final Shapes shapes;

    private ObservedInvariants(CompiledPolicy policy, Effort effort) {
        CompiledPolicy inFact = CompiledPolicy.of(inFact(policy.policy()));
        this.explainer = new Explainer(policy);
        this.search = new Search(inFact, effort);
        this.shapes = new Shapes(inFact);
    }

    /** A warning for each of these invariants that does not hold in fact, although it holds by the rules. */
    static List<Problem> check(CompiledPolicy policy, List<Invariant> holding, Effort effort) {
        var problems = new ArrayList<Problem>();
        if (!holding.isEmpty() && policy.policy().observing().findAny().isPresent()) {
            var judge = new ObservedInvariants(policy, effort);
            for (Invariant invariant : holding) {
                try {
                    judge.problem(invariant).ifPresent(problems::add);
                } catch (Effort.SpentException e) {
                    problems.add(warning(
                            invariant,
                            "holds by the rules, but whether instances that observe let in what"
                                    + " it forbids would take too many steps to find out"));
                    break;
                }
            }
        }
        return problems;
    }

    private Optional<Problem> problem(Invariant invariant) {
        Shape shape = shapes.of(invariant);
        Optional<FlowTuple> passing = shape.isPossible() ? search.accepted(shape) : Optional.empty();
        return passing.map(flow -> {
            Explanation explanation = explainer.explain(flow);
            explainer.policy().forgetMany();
            return warning(
                    invariant,
                    "holds by the rules, but " + ExplanationText.flow(explanation) + " is let in: "
                            + ExplanationText.observing(explanation));
        });
    }

    private static Problem warning(Invariant invariant, String what) {
        return new Problem(
                Severity.WARNING, invariant.at(), invariant.path(), Invariants.title(invariant) + ", " + what);
    }

    private static Policy inFact(Policy policy) {
        Map<String, SecurityGroup> groups = new LinkedHashMap<>(policy.securityGroups());
        groups.put(
                EVERYTHING,
                new SecurityGroup(
                        EVERYTHING,
                        "",
                        "",
                        Map.of(),
                        everything(Direction.INGRESS),
                        everything(Direction.EGRESS),
                        NOWHERE));
        return policy.with(groups)
                .withInstances(instance -> policy.modeOf(instance).observes() ? open(instance) : instance);
    }

    private static List<Rule> everything(Direction direction) {
        return List.of(new Rule(
                EVERYTHING,
                EVERYTHING,
                direction,
                Protocol.ALL,
                PortRange.ALL,
                IcmpMatch.ANY,
                Peer.Any.ANY,
                "",
                Map.of(),
                Optional.empty(),
                NOWHERE,
                ""));
    }

    private static Instance open(Instance instance) {
        return instance.withGroups(Stream.concat(instance.securityGroups().stream(), Stream.of(EVERYTHING))
                .toList());
    }
}
