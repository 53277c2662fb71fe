package io.secgroupd.rules.analyze;

import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Expectation;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Runs the tests that a file contains about itself. A test that fails is an error of the file. */
public final class Expectations {

    /**
     * The limit for all tests of a policy together: it takes some ten seconds, during which a changed file is not in
     * force.
     */
    static final long MAX_PAIRS = 5_000_000;

    private final Explainer explainer;
    private long pairs;

    private Expectations(CompiledPolicy policy) {
        this.explainer = new Explainer(policy);
    }

    /** A problem for every test that fails, in the order of the tests. */
    public static List<Problem> failed(CompiledPolicy policy) {
        var tests = new Expectations(policy);
        return policy.policy().tests().stream()
                .flatMap(test -> tests.problem(test).stream())
                .toList();
    }

    private Optional<Problem> problem(Expectation test) {
        Optional<Problem> problem =
                failure(test).map(message -> new Problem(Severity.ERROR, test.at(), test.path(), message));
        explainer.policy().forgetMany();
        return problem;
    }

    private Optional<String> failure(Expectation test) {
        var question = new Question(test.from(), test.to(), test.service());
        pairs += explainer.count(question);
        if (pairs > MAX_PAIRS) {
            return Optional.of('"' + test.name() + "\": with this test the tests ask about " + pairs
                    + " pairs of addresses, and the limit is " + MAX_PAIRS
                    + " for all tests together; name an instance instead of a cluster");
        }
        Iterator<Explanation> explanations = explainer.explain(question).iterator();
        String expected = '"' + test.name() + "\": expected " + (test.expect() == Verdict.ACCEPT ? "allow" : "deny");
        if (!explanations.hasNext()) {
            return explainer.endpoints().isRegistered(test.from())
                            || explainer.endpoints().isRegistered(test.to())
                    ? Optional.empty() // its host may report an address later, and the test is asked then
                    : Optional.of(expected + ", but " + test.from() + " and " + test.to()
                            + " have no addresses of one family");
        }
        while (explanations.hasNext()) {
            Explanation one = explanations.next();
            if (one.verdict() != test.expect()) {
                return Optional.of(expected + ", but " + ExplanationText.flow(one) + " is " + one.verdict() + ": "
                        + ExplanationText.why(one));
            }
        }
        return Optional.empty();
    }
}
