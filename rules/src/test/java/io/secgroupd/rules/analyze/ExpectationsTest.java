package io.secgroupd.rules.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private static final Service MYSQL = new Service(6, 3306, 0, 0);
    private static final Endpoint APP = new Endpoint.OfInstance("app-1");
    private static final Endpoint ORDERS = new Endpoint.OfCluster("orders");
    private static final Endpoint CLIENT = new Endpoint.Address(PolicyBuilder.address("198.51.100.7"));

    @Test
    void theScenarioHolds() {
        assertThat(failures(Scenario.policy()
                        .test("app reaches the database", APP, ORDERS, MYSQL, Verdict.ACCEPT)
                        .test("the internet does not", CLIENT, ORDERS, MYSQL, Verdict.REJECT)
                        .test("the database stays at home", ORDERS, APP, MYSQL, Verdict.REJECT)))
                .isEmpty();
    }

    @Test
    void anUnexpectedAcceptNamesTheRule() {
        assertThat(failures(Scenario.policy()
                        .in("sg-db", "tcp 3306", "any")
                        .test("app reaches the database", APP, ORDERS, MYSQL, Verdict.ACCEPT)
                        .test("the internet does not", CLIENT, ORDERS, MYSQL, Verdict.REJECT)))
                .containsExactly(
                        "rules.yaml:10:1: tests[1]: \"the internet does not\": expected deny, but tcp 198.51.100.7 -> orders-1"
                                + " (10.0.2.10) port 3306 is ACCEPT: ingress by sgr-# sg-db rules.yaml:8 tcp 3306 from any");
    }

    @Test
    void anUnexpectedRejectNamesTheNearestMiss() {
        assertThat(failures(Scenario.policy().test("clients may", CLIENT, ORDERS, MYSQL, Verdict.ACCEPT)))
                .containsExactly(
                        "rules.yaml:8:1: tests[0]: \"clients may\": expected allow, but tcp 198.51.100.7 -> orders-1"
                                + " (10.0.2.10) port 3306 is REJECT: ingress no-matching-rule; nearest: sgr-# sg-db"
                                + " rules.yaml:4 tcp 3306 from sg-app (10.0.1.10, 2001:db8:1::10): source differs");
    }

    @Test
    void everyInstanceOfAClusterMustAgree() {
        assertThat(failures(Scenario.policy()
                        .in("sg-extra", "tcp 3306", "any")
                        .clustered("orders", List.of("sg-db", "sg-extra"), "orders-3", "10.0.2.12")
                        .test("nobody", CLIENT, ORDERS, MYSQL, Verdict.REJECT)))
                .singleElement()
                .asString()
                .contains("-> orders-3 (10.0.2.12) port 3306 is ACCEPT");
    }

    @Test
    void endsWithoutAFamilyInCommonAreAProblem() {
        Endpoint ipv6 = new Endpoint.Address(PolicyBuilder.address("2001:db8::1"));

        assertThat(failures(Scenario.policy().test("apart", ipv6, ORDERS, MYSQL, Verdict.REJECT)))
                .containsExactly(
                        "rules.yaml:8:1: tests[0]: \"apart\": expected deny, but 2001:db8::1 and orders have no"
                                + " addresses of one family");
    }

    @Test
    void pairsOfClustersAreLookedAtOneByOne() {
        PolicyBuilder policy = Scenario.policy();
        cluster(policy, "many", 1, 5000);
        cluster(policy, "more", 2, 5000);
        var explainer = new Explainer(CompiledPolicy.of(policy.build()));
        var question = new Question(new Endpoint.OfCluster("many"), new Endpoint.OfCluster("more"), MYSQL);

        // All 25 million would not fit into any heap that tests have.
        assertThat(explainer.explain(question).limit(1)).hasSize(1);
        assertThat(explainer.count(question)).isEqualTo(25_000_000);
    }

    @Test
    void moreThanFiveMillionPairsAreRefusedByNumber() {
        PolicyBuilder policy = Scenario.policy();
        cluster(policy, "many", 1, 2500);
        cluster(policy, "more", 2, 2500);
        policy.test("all", new Endpoint.OfCluster("many"), new Endpoint.OfCluster("more"), MYSQL, Verdict.REJECT);

        assertThat(failures(policy))
                .singleElement()
                .asString()
                .contains("ask about 6250000 pairs of addresses, and the limit is 5000000");
    }

    private static void cluster(PolicyBuilder policy, String name, int net, int size) {
        for (int i = 0; i < size; i++) {
            policy.clustered(name, List.of("sg-db"), name + i, "10." + (100 + net) + "." + i / 250 + "." + i % 250);
        }
    }

    private static List<String> failures(PolicyBuilder policy) {
        return Expectations.failed(policy.build(), Instant.EPOCH, CompiledPolicy.of(policy.build())).stream()
                .map(problem -> problem.toString().replaceAll("sgr-[0-9a-f]{17}", "sgr-#"))
                .toList();
    }
}
