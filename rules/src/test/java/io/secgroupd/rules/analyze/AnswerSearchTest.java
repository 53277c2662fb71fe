package io.secgroupd.rules.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Verdict;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The one answer to a question about many pairs of addresses, held to all of their explanations. */
class AnswerSearchTest {

    private static final Service MYSQL = new Service(6, 3306, 0, 0);

    @Property
    void theFirstPairThatDoesNotPassTellsThenOneThatIsObservedThenTheFirst(
            @ForAll("ends") String from,
            @ForAll("ends") String to,
            @ForAll("services") Service service,
            @ForAll("observing") List<String> observing)
            throws UnknownEndpointException {
        Explainer explainer = explainer(observing);
        Question question = question(explainer, from, to, service);
        List<Explanation> all = explainer.explain(question).toList();

        Optional<Explanation> expected = all.stream()
                .filter(one -> !one.passes())
                .findFirst()
                .or(() -> all.stream().filter(Explanation::observed).findFirst())
                .or(() -> all.stream().findFirst());

        assertThat(explainer.answer(question).map(Explanation::judgement))
                .isEqualTo(expected.map(Explanation::judgement));
    }

    @Test
    void anInstanceThatObservesGivesWayToOneThatEnforces() throws UnknownEndpointException {
        Explainer explainer = explainer(List.of("orders-1"));

        Explanation answer = explainer
                .answer(question(explainer, "198.51.100.7", "orders", MYSQL))
                .orElseThrow();

        assertThat(answer.flow()).extracting(FlowTuple::destination).hasToString("10.0.2.11");
        assertThat(answer.passes()).isFalse();
    }

    @Test
    void aClusterOfOneReachesItselfByLoopback() throws UnknownEndpointException {
        Explainer explainer = new Explainer(CompiledPolicy.of(Scenario.policy()
                .clustered("alone", List.of("sg-db"), "alone-1", "10.0.3.10")
                .build()));

        assertThat(explainer.answer(question(explainer, "alone", "alone", MYSQL)))
                .hasValueSatisfying(answer -> assertThat(answer.verdict()).isEqualTo(Verdict.ACCEPT));
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of(
                "app-1", "orders", "orders-1", "orders-2", "10.0.1.10", "10.0.2.11", "10.9.9.9", "2001:db8::1");
    }

    @Provide
    Arbitrary<Service> services() {
        return Arbitraries.of(MYSQL, new Service(6, 443, 0, 0), new Service(1, 0, 8, 0), new Service(47, 0, 0, 0));
    }

    @Provide
    Arbitrary<List<String>> observing() {
        return Arbitraries.of("app-1", "orders-1", "orders-2").list().uniqueElements();
    }

    private static Explainer explainer(List<String> observing) {
        var policy = Scenario.policy();
        observing.forEach(policy::observing);
        return new Explainer(CompiledPolicy.of(policy.build()));
    }

    private static Question question(Explainer explainer, String from, String to, Service service)
            throws UnknownEndpointException {
        Endpoint source = explainer.endpoints().parse(from);
        return new Question(source, explainer.endpoints().parse(to), service);
    }
}
