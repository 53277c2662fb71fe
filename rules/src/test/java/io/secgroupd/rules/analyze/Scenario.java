package io.secgroupd.rules.analyze;

import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;

/** The policy of rules/examples/scenario.yaml in short, with a rule for ping. */
final class Scenario {

    private Scenario() {}

    static PolicyBuilder policy() {
        return new PolicyBuilder()
                .in("sg-app", "tcp 443", "any")
                .in("sg-app", "icmp 8", "10.0.0.0/8")
                .out("sg-app", "all", "any")
                .in("sg-db", "tcp 3306", "sg-app")
                .instance("app-1", List.of("10.0.1.10", "2001:db8:1::10"), "sg-app")
                .clustered("orders", List.of("sg-db"), "orders-1", "10.0.2.10")
                .clustered("orders", List.of("sg-db"), "orders-2", "10.0.2.11");
    }
}
