package io.secgroupd.rules.invariant;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.analyze.ExplanationText;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the invariants of a policy. One that does not hold is an error of the file, with a flow that breaks it. */
public final class Invariants {

    /** The limit for all invariants of a policy together: it takes some ten seconds. */
    static final long MOST_STEPS = 200_000_000;

    private final CompiledPolicy policy;
    private final Explainer explainer;
    private final Search search;
    private final Shapes shapes;

    private Invariants(CompiledPolicy policy, Effort effort) {
        this.policy = policy;
        this.explainer = new Explainer(policy);
        this.search = new Search(policy, effort);
        this.shapes = new Shapes(policy);
    }

    /**
     * An error for every invariant that does not hold, and a warning for every one that holds of no flow at all, or by the rules
     * alone, since an instance that would have to refuse a flow only observes.
     */
    public static List<Problem> check(CompiledPolicy policy) {
        return check(policy, MOST_STEPS);
    }

    static List<Problem> check(CompiledPolicy policy, long mostSteps) {
        List<Invariant> all = policy.policy().invariants();
        if (all.isEmpty()) {
            return List.of();
        }
        var effort = new Effort(mostSteps);
        var judge = new Invariants(policy, effort);
        var problems = new ArrayList<Problem>();
        var holding = new ArrayList<Invariant>();
        for (Invariant invariant : all) {
            try {
                judge.problem(invariant).ifPresentOrElse(problems::add, () -> holding.add(invariant));
            } catch (Effort.SpentException e) {
                problems.add(tooMuch(invariant, mostSteps));
                return problems;
            }
        }
        problems.addAll(ObservedInvariants.check(policy, holding, effort));
        return problems;
    }

    private static Problem tooMuch(Invariant invariant, long mostSteps) {
        String message = "with this invariant the invariants take more than " + mostSteps
                + " steps, which is the limit for all together; write fewer, or name fewer prefixes in them";
        return new Problem(Severity.ERROR, invariant.at(), invariant.path(), message);
    }

    private Optional<Problem> problem(Invariant invariant) {
        Shape shape = shapes.of(invariant);
        if (!shape.isPossible()) {
            return policy.policy().instances().values().stream().anyMatch(Instance::registered)
                    ? Optional.empty() // its host may report an address later, and the invariant is judged then
                    : Optional.of(
                            new Problem(Severity.WARNING, invariant.at(), invariant.path(), empty(shape, invariant)));
        }
        Optional<FlowTuple> flow = search.accepted(shape);
        return flow.map(broken -> {
            String message = title(invariant) + ", but " + why(explainer.explain(broken));
            policy.forgetMany();
            return new Problem(Severity.ERROR, invariant.at(), invariant.path(), message);
        });
    }

    static String title(Invariant invariant) {
        return (invariant.name().isEmpty() ? "" : '"' + invariant.name() + "\": ") + invariant.terms();
    }

    private static String why(Explanation explanation) {
        return ExplanationText.flow(explanation) + " is " + explanation.verdict() + ": "
                + ExplanationText.why(explanation);
    }

    private static String empty(Shape shape, Invariant invariant) {
        String why = !shape.targets().isEmpty() && !shape.sources().isEmpty()
                ? "from and to have no addresses of one family"
                : shape.targets().isEmpty()
                        ? "to has no address"
                        : invariant.kind() == Invariant.Kind.ONLY
                                ? "from leaves out no address"
                                : "from has no address";
        return title(invariant) + " holds whatever the rules say: " + why + "; mend that end, or remove the invariant";
    }
}
