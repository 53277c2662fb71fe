package io.secgroupd.rules.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTextTest {

    private static final Service MYSQL = new Service(6, 3306, 0, 0);

    private final Explainer explainer =
            new Explainer(CompiledPolicy.of(Scenario.policy().build()));

    @Test
    void namesTheNearestMiss() throws UnknownEndpointException {
        assertThat(explain("198.51.100.7", "orders-1", MYSQL)).isEqualTo("""
                REJECT  tcp 198.51.100.7 -> orders-1 (10.0.2.10) port 3306
                  egress   not judged: 198.51.100.7 belongs to no instance
                  ingress  REJECT no-matching-rule
                           nearest: sgr-# sg-db rules.yaml:4  tcp 3306 from sg-app (10.0.1.10, 2001:db8:1::10): source differs
                """);
    }

    @Test
    void namesTheRulesOfBothHalvesForEveryInstanceOfACluster() throws UnknownEndpointException {
        assertThat(explain("app-1", "orders", MYSQL)).isEqualTo("""
                ACCEPT  tcp app-1 (10.0.1.10) -> orders-1 (10.0.2.10) port 3306
                  egress   ACCEPT by sgr-# sg-app rules.yaml:3  all to any
                  ingress  ACCEPT by sgr-# sg-db rules.yaml:4  tcp 3306 from sg-app (10.0.1.10, 2001:db8:1::10)
                ACCEPT  tcp app-1 (10.0.1.10) -> orders-2 (10.0.2.11) port 3306
                  egress   ACCEPT by sgr-# sg-app rules.yaml:3  all to any
                  ingress  ACCEPT by sgr-# sg-db rules.yaml:4  tcp 3306 from sg-app (10.0.1.10, 2001:db8:1::10)
                """);
    }

    @Test
    void saysOfWhatIsOnlyObservedThatItIsLetIn() throws UnknownEndpointException {
        assertThat(explain(Scenario.policy().observing("orders-1"), "198.51.100.7", "orders-1", MYSQL))
                .isEqualTo("""
                REJECT  tcp 198.51.100.7 -> orders-1 (10.0.2.10) port 3306
                  egress   not judged: 198.51.100.7 belongs to no instance
                  ingress  REJECT no-matching-rule, observed
                           nearest: sgr-# sg-db rules.yaml:4  tcp 3306 from sg-app (10.0.1.10, 2001:db8:1::10): source differs
                  let in: orders-1 only observes
                """);
    }

    @Test
    void aHalfThatIsOnlyObservedLetsNothingPastAHalfThatIsEnforced() throws UnknownEndpointException {
        assertThat(explain(Scenario.policy().observing("app-1"), "orders-1", "app-1", MYSQL))
                .isEqualTo("""
                REJECT  tcp orders-1 (10.0.2.10) -> app-1 (10.0.1.10) port 3306
                  egress   REJECT no-matching-rule
                  ingress  REJECT no-matching-rule, observed
                           nearest: sgr-# sg-app rules.yaml:1  tcp 443 from any: port differs
                """);
        assertThat(explain(Scenario.policy().observing("app-1").observing("orders-1"), "orders-1", "app-1", MYSQL))
                .endsWith("  let in: orders-1 and app-1 only observe\n");
    }

    @Test
    void namesTypeAndCodeOfIcmp() throws UnknownEndpointException {
        assertThat(explain("10.9.9.9", "app-1", new Service(1, 0, 8, 0))).isEqualTo("""
                ACCEPT  icmp 10.9.9.9 -> app-1 (10.0.1.10) type 8 code 0
                  egress   not judged: 10.9.9.9 belongs to no instance
                  ingress  ACCEPT by sgr-# sg-app rules.yaml:2  icmp type 8 from 10.0.0.0/8
                """);
    }

    @Test
    void whatNoInstanceListsIsNotOpen() throws UnknownEndpointException {
        assertThat(explain("8.8.8.8", "9.9.9.9", MYSQL)).isEqualTo("""
                REJECT  tcp 8.8.8.8 -> 9.9.9.9 port 3306
                  egress   not judged: 8.8.8.8 belongs to no instance
                  ingress  not judged: 9.9.9.9 belongs to no instance
                  no instance lists either end: a host that has one of these addresses judges by its own instance; ask there
                """);
    }

    @Test
    void aClusterReachesItselfFromOneInstanceToAnother() throws UnknownEndpointException {
        assertThat(explain("orders", "orders", MYSQL).lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "REJECT  tcp orders-1 (10.0.2.10) -> orders-2 (10.0.2.11) port 3306",
                        "REJECT  tcp orders-2 (10.0.2.11) -> orders-1 (10.0.2.10) port 3306");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ordres    | "ordres" is not an instance, a cluster or an address; did you mean "orders"?
            app-11    | "app-11" is not an instance, a cluster or an address; did you mean "app-1"?
            10.0.0    | "10.0.0" is not an IPv4 address; write one such as 10.0.0.1
            """)
    void refusesUnknownEnds(String text, String message) {
        assertThatThrownBy(() -> explainer.endpoints().parse(text)).hasMessage(message);
    }

    private String explain(String from, String to, Service service) throws UnknownEndpointException {
        return explain(explainer, from, to, service);
    }

    private static String explain(PolicyBuilder policy, String from, String to, Service service)
            throws UnknownEndpointException {
        return explain(new Explainer(CompiledPolicy.of(policy.build())), from, to, service);
    }

    private static String explain(Explainer asked, String from, String to, Service service)
            throws UnknownEndpointException {
        Endpoints ends = asked.endpoints();
        return asked.explain(new Question(ends.parse(from), ends.parse(to), service))
                .map(ExplanationText::of)
                .collect(Collectors.joining())
                .replaceAll("sgr-[0-9a-f]{17}", "sgr-#");
    }
}
