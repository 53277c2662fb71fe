package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.assertOpen;
import static io.secgroupd.daemon.e2e.JudgedHost.assertShut;
import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static io.secgroupd.daemon.e2e.JudgedHost.server;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An accept of ours is no more than that: what the host's owner forbids elsewhere stays forbidden, in both directions. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostRulesIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeAll
    void start() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.client, 80);
        host.start();
    }

    @ParameterizedTest(name = "{1} IPv{0}")
    @CsvSource({"4, iptables", "6, ip6tables"})
    void aDropInTheFilterTableCounts(int family, String tool) {
        host.server.run((tool + " -A INPUT -p tcp --dport 80 -j DROP").split(" "));
        host.server.run((tool + " -A OUTPUT -p tcp --dport 80 -j DROP").split(" "));

        assertForbidden(family);

        host.server.run(tool, "-F");
        assertAllowed(family);
    }

    @ParameterizedTest(name = "hook {1}, priority {2}, IPv{0}")
    @CsvSource({"4, input, -160", "6, input, 0", "4, input, 300"})
    void aDropInAForeignTableCountsWhereverItStands(int family, String hook, int priority) {
        host.server.run(
                "nft",
                "add table inet own; add chain inet own c { type filter hook " + hook + " priority " + priority
                        + "; }; add rule inet own c tcp dport 80 drop");
        Tally tally = host.tally();

        assertShut(host.client, server(family), 80);

        tally.assertDecisions(priority < -150 ? new String[] {} : new String[] {"ingress ACCEPT rule 1"});
        host.server.run("nft", "delete table inet own");
        assertAllowed(family);
    }

    private void assertForbidden(int family) {
        Tally tally = host.tally();

        assertShut(host.client, server(family), 80);
        assertShut(host.server, client(family), 80);

        tally.assertDecisions("egress ACCEPT rule 1", "ingress ACCEPT rule 1");
    }

    private void assertAllowed(int family) {
        assertOpen(host.client, server(family), 80);
        assertOpen(host.server, client(family), 80);
    }
}
