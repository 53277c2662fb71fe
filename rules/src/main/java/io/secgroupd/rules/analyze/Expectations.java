package io.secgroupd.rules.analyze;

import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Expectation;
import io.secgroupd.rules.model.Expiries;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs the tests that a file contains about itself. A test that fails is an error of the file. */
public final class Expectations {

    /**
     * The limit for all tests of a policy together: it takes some ten seconds, during which a changed file is not in
     * force.
     */
    static final long MAX_PAIRS = 5_000_000;

    private final Policy written;
    private final Expiries expiries;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();
    private long pairs;

    private Expectations(Policy written, Instant now) {
        this.written = written;
        this.expiries = written.expiries();
        this.now = now;
    }

    /**
     * A problem for every test that fails at the instant that it asks about, and for every one that is bound to fail when rules
     * have expired. Otherwise time alone would make a file unsound, and a host could not start from it.
     *
     * @param written the policy with all rules that are written
     * @param policy  the same at this instant
     */
    public static List<Problem> failed(Policy written, Instant now, CompiledPolicy policy) {
        var tests = new Expectations(written, now);
        tests.run(policy);
        return tests.problems;
    }

    private void run(CompiledPolicy policy) {
        Map<Integer, List<Expectation>> byState = written.tests().stream()
                .collect(Collectors.groupingBy(
                        test -> expiries.past(test.when().orElse(now)), TreeMap::new, Collectors.toList()));
        byState.forEach((past, tests) -> {
            Instant then = tests.get(0).when().orElse(now);
            var explainer = new Explainer(expiries.isSame(then, now) ? policy : CompiledPolicy.of(written.at(then)));
            tests.forEach(test -> judge(test, explainer, ""));
        });
        expiries.last().filter(last -> !expiries.isSame(last, now)).ifPresent(this::judgeLater);
    }

    /** A rule that goes can only take away, so what holds at the end holds all the time until then. */
    private void judgeLater(Instant last) {
        var broken = problems.stream().map(Problem::path).collect(Collectors.toSet());
        var explainer = new Explainer(CompiledPolicy.of(written.at(last)));
        written.tests().stream()
                .filter(test -> test.when().isEmpty() && test.expect() == Verdict.ACCEPT)
                .filter(test -> !broken.contains(test.path()))
                .forEach(test -> judge(
                        test,
                        explainer,
                        "; that comes when all rules that expire have done so, the last at " + last
                                + ": write at: with a time before that, or remove the test"));
    }

    private void judge(Expectation test, Explainer explainer, String added) {
        failure(test, explainer)
                .ifPresent(
                        message -> problems.add(new Problem(Severity.ERROR, test.at(), test.path(), message + added)));
        explainer.policy().forgetMany();
    }

    private Optional<String> failure(Expectation test, Explainer explainer) {
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
