package io.secgroupd.rules.compile;

import static io.secgroupd.rules.testkit.PolicyBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WHAT THE RULES MEAN in secgroupd-rules(5), asked of the compiled filter. */
class CompiledPolicyTest {

    private static final Policy POLICY = new PolicyBuilder()
            .list("pl-offices", "203.0.113.0/24", "2001:db8:f::/48")
            .in("sg-app", "tcp 443", "any")
            .in("sg-app", "tcp 22", "pl-offices")
            .in("sg-app", "icmp 8", "10.0.0.0/8")
            .in("sg-app", "icmpv6 128/0", "any")
            .out("sg-app", "all", "any")
            .in("sg-db", "tcp 3306", "sg-app")
            .in("sg-db", "tcp 7000-7010", "sg-db")
            .in("sg-db", "47", "10.0.9.1")
            .in("sg-monitored", "all", "10.0.9.0-10.0.9.7")
            .in("sg-stale", "tcp 443", "sg-gone")
            .in("sg-stale", "tcp 443", "pl-gone")
            .instance("app-1", List.of("10.0.1.10", "2001:db8:1::10"), "sg-app")
            .instance("db-1", List.of("10.0.2.10", "10.0.2.20", "2001:db8:2::10"), "sg-db", "sg-monitored")
            .instance("db-2", List.of("10.0.2.11"), "sg-db")
            .instance("stale-1", List.of("10.0.4.1"), "sg-stale")
            .instance("bare", List.of("10.0.3.1"))
            .build();

    @Test
    void fewTablesAreKept() {
        CompiledPolicy compiled = CompiledPolicy.of(POLICY);
        Instance app = compiled.instanceAt(address("10.0.1.10")).orElseThrow();
        InstanceFilter filter = compiled.filterOf(app);

        compiled.forgetMany();

        assertThat(compiled.filterOf(app)).isSameAs(filter);
    }

    /** Kept for each instance that a test asks about, they would fill a heap that the file alone fits into. */
    @Test
    void manyTablesAreMadeAnew() {
        var builder = new PolicyBuilder();
        IntStream.range(0, 5000).forEach(i -> builder.instance("i" + i, List.of("10.0.0.1"), "sg-" + i));
        Policy policy = builder.build();
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        Instance first = policy.instances().values().iterator().next();
        InstanceFilter filter = compiled.filterOf(first);
        policy.instances().values().forEach(compiled::filterOf);
        assertThat(compiled.filterOf(first)).isSameAs(filter);

        compiled.forgetMany();

        assertThat(compiled.filterOf(first)).isNotSameAs(filter);
    }

    @ParameterizedTest(name = "{0}: {1} {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # verdict, reason    | protocol | from             | to
            ACCEPT rule          | tcp:443  | 198.51.100.7     | 10.0.1.10
            ACCEPT rule          | tcp:443  | 2001:db8:9::7    | 2001:db8:1::10
            ACCEPT rule          | tcp:22   | 203.0.113.255    | 10.0.1.10
            REJECT no-matching-rule | tcp:22 | 203.0.114.0     | 10.0.1.10
            ACCEPT rule          | tcp:22   | 2001:db8:f::1    | 2001:db8:1::10
            REJECT no-matching-rule | tcp:22 | 2001:db8:10::1  | 2001:db8:1::10
            REJECT no-matching-rule | udp:443 | 198.51.100.7   | 10.0.1.10
            ACCEPT rule          | tcp:3306 | 10.0.1.10        | 10.0.2.10
            ACCEPT rule          | tcp:3306 | 2001:db8:1::10   | 2001:db8:2::10
            REJECT no-matching-rule | tcp:22 | 10.0.1.10       | 10.0.2.10
            REJECT no-matching-rule | tcp:3306 | 198.51.100.7  | 10.0.2.10
            # outbound of sg-db is empty: membership in the peer group does not help
            REJECT no-matching-rule | tcp:7005 | 10.0.2.10     | 10.0.2.11
            REJECT no-matching-rule | tcp:443  | 10.0.2.10     | 10.0.1.10
            # protocols without ports, by number; icmp by type and code
            ACCEPT rule          | 47       | 10.0.9.1         | 10.0.2.11
            REJECT no-matching-rule | 47    | 10.0.9.2         | 10.0.2.11
            ACCEPT rule          | 132      | 10.0.9.2         | 10.0.2.10
            ACCEPT rule          | icmp:8/0 | 10.200.0.1       | 10.0.1.10
            REJECT no-matching-rule | icmp:13/0 | 10.200.0.1   | 10.0.1.10
            ACCEPT rule          | icmpv6:128/0 | 2001:db8::5  | 2001:db8:1::10
            REJECT no-matching-rule | icmpv6:128/1 | 2001:db8::5 | 2001:db8:1::10
            # the range 10.0.9.0-10.0.9.7 and its edges
            ACCEPT rule          | tcp:1    | 10.0.9.0         | 10.0.2.10
            ACCEPT rule          | tcp:1    | 10.0.9.7         | 10.0.2.10
            REJECT no-matching-rule | tcp:1 | 10.0.9.8         | 10.0.2.10
            # a group that has no members and a list that is not there match nothing
            REJECT no-matching-rule | tcp:443 | 198.51.100.7   | 10.0.4.1
            # no groups, no instance, loopback
            REJECT no-groups     | tcp:443  | 10.0.3.1         | 8.8.8.8
            REJECT no-groups     | tcp:443  | 8.8.8.8          | 10.0.3.1
            REJECT no-instance   | tcp:443  | 8.8.8.8          | 9.9.9.9
            ACCEPT same-instance | tcp:443  | 10.0.2.10        | 10.0.2.20
            """)
    void judges(String expected, String service, String from, String to) {
        Judgement judgement = new Explainer(CompiledPolicy.of(POLICY))
                .explain(flow(service, from, to))
                .judgement();

        assertThat(judgement.verdict() + " " + judgement.reason().word()).isEqualTo(expected);
    }

    private static FlowTuple flow(String service, String from, String to) {
        String[] words = service.split("[:/]");
        Protocol protocol = Protocol.parse(words[0]).orElseThrow();
        if (protocol.hasIcmpTypes()) {
            return new FlowTuple(
                    address(from),
                    address(to),
                    protocol.number(),
                    0,
                    0,
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]));
        }
        int port = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        return FlowTuple.ofPorts(address(from), address(to), protocol.number(), port);
    }
}
