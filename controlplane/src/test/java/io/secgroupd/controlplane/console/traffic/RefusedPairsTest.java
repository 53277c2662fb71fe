package io.secgroupd.controlplane.console.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was refused is counted between the nodes that the map shows. */
class RefusedPairsTest extends TrafficFixture {

    @SuppressWarnings("NullAway.Init")
    private RefusedPairs refused;

    @BeforeEach
    void findNodes() throws IOException {
        var nodes = new NodesInForce(store);
        nodes.refresh();
        refused = new RefusedPairs(nodes::known);
    }

    @Test
    void anAddressStandsAtTheNarrowestNodeThatHoldsIt() {
        add("ingress", "db", "203.0.113.7", "10.0.0.2", 22);
        add("ingress", "db", "192.0.2.7", "10.0.0.2", 23);
        add("ingress", "db", "192.9.9.9", "10.0.0.2", 24);
        add("ingress", "db", "198.51.100.7", "10.0.0.2", 25);
        add("ingress", "db", "10.0.0.3", "10.0.0.2", 26);

        assertThat(pairs())
                .containsExactly(
                        "pl-office > sg-db: tcp 22 x1",
                        "192.0.2.0/24 > sg-db: tcp 23 x1",
                        "192.0.0.0/8 > sg-db: tcp 24 x1",
                        "any > sg-db: tcp 25 x1",
                        "any > sg-db: tcp 26 x1");
    }

    @Test
    void aPeerOfSeveralGroupsCountsAtEachOfThem() {
        add("ingress", "db", "10.0.0.1", "10.0.0.2", 3306);
        add("ingress", "db", "10.0.0.1", "10.0.0.2", 3306);

        assertThat(pairs()).containsExactly("sg-app > sg-db: tcp 3306 x2", "sg-all > sg-db: tcp 3306 x2");
    }

    @Test
    void whatMayNotLeaveGoesFromTheInstanceThatRefusedIt() {
        add("egress", "app", "10.0.0.1", "10.0.0.2", 25);
        add("egress", "gone", "10.0.0.1", "203.0.113.9", 25);

        assertThat(pairs()).containsExactly("sg-app > sg-db: tcp 25 x1", "sg-app > pl-office: tcp 25 x1");
    }

    @Test
    void servicesWithoutPortsAreNamedToo() {
        refused.add(
                line("{\"direction\":\"ingress\",\"instance\":\"db\",\"protocol\":\"icmp\",\"icmp_type\":8}"), 1, 0);
        refused.add(line("{\"direction\":\"ingress\",\"instance\":null,\"protocol\":\"50\",\"src\":\"x\"}"), 1, 0);

        assertThat(pairs()).containsExactly("any > sg-db: icmp type 8 x1", "any > any: 50 x1");
    }

    @Test
    void ofTooManyPairsThoseAreForgottenThatWereNotMetForLongest() {
        for (int port = 1; port <= RefusedPairs.MOST; port++) {
            add("ingress", "db", "203.0.113.7", "10.0.0.2", port);
        }
        add("ingress", "db", "203.0.113.7", "10.0.0.2", 1);
        add("ingress", "db", "203.0.113.7", "10.0.0.2", 60_000);

        assertThat(pairs())
                .hasSize(RefusedPairs.MOST)
                .contains("pl-office > sg-db: tcp 1 x2", "pl-office > sg-db: tcp 60000 x1")
                .doesNotContain("pl-office > sg-db: tcp 2 x1");
    }

    private void add(String direction, String instance, String source, String destination, int port) {
        refused.add(line(GivenHost.line("REJECT", direction, instance, source, destination, port)), 1, 5);
    }

    private static RawFlow line(String text) {
        return new RawFlow(text.getBytes(UTF_8));
    }

    private List<String> pairs() {
        ApiReply reply = ApiReply.of(json -> {
            json.writeFieldName("refused");
            refused.write(json);
        });
        return object(reply).objects("refused").stream()
                .map(RefusedPairsTest::words)
                .toList();
    }

    private static String words(JsonObject pair) {
        return pair.text("from") + " > " + pair.text("to") + ": " + pair.text("service") + " x"
                + pair.number("count").orElse(0);
    }
}
