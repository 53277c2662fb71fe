package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_6;
import static io.secgroupd.daemon.e2e.JudgedHost.assertOpen;
import static io.secgroupd.daemon.e2e.JudgedHost.assertShut;
import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static io.secgroupd.daemon.e2e.JudgedHost.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The host's own rules behind our jump in the mangle table see the first packet of a connection as they see all others:
 * those of several uplinks, for instance, mark it for the way that the whole connection is to take.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaterRulesIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-all:
                inbound: [{ protocol: tcp, ports: [80, 82], source: any }]
                outbound: [{ protocol: tcp, ports: [80, 81, 82], destination: any }]
            instances:
              host: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-all] }
              guest: { addresses: [10.0.9.2, "2001:db8:9::2"], security_groups: [sg-all] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @AutoClose
    private final GuestNetwork guests = GuestNetwork.behind(host);

    /** As guides for several uplinks have it: restore the mark, take the known ones as they are, else mark and save. */
    @BeforeAll
    void start() {
        for (String tool : new String[] {"iptables", "ip6tables"}) {
            for (String hook : new String[] {"INPUT", "OUTPUT", "FORWARD"}) {
                String add = tool + " -t mangle -A " + hook + " ";
                host.server.run((add + "-p tcp --dport 80 -j CONNMARK --restore-mark").split(" "));
                host.server.run((add + "-m mark ! --mark 0 -j ACCEPT").split(" "));
                host.server.run((add + "-p tcp --dport 80 --syn -j MARK --set-mark 9").split(" "));
                host.server.run((add + "-p tcp --dport 80 --syn -j CONNMARK --save-mark").split(" "));
            }
            String hops = tool.equals("iptables") ? "TTL --ttl-set 42" : "HL --hl-set 42";
            for (String hook : new String[] {"INPUT", "OUTPUT", "FORWARD"}) {
                String add = tool + " -t mangle -A " + hook + " -p tcp --dport 82 --syn -j ";
                host.server.run((add + "TCPMSS --set-mss 600").split(" "));
                host.server.run((add + hops).split(" "));
            }
            host.server.run((tool + " -t mangle -A OUTPUT -p tcp --dport 81 -j MARK --set-mark 7").split(" "));
        }
        for (String family : new String[] {"-4", "-6"}) {
            host.server.run("ip", family, "rule", "add", "fwmark", "7", "table", "77");
            host.server.run("ip", family, "route", "add", "prohibit", "default", "table", "77");
        }
        for (NetworkNamespace to : List.of(host.server, guests.guest, host.client)) {
            TcpService.listen(to, 82);
        }
        TcpService.listen(host.server, 80);
        TcpService.listen(guests.guest, 80);
        TcpService.listen(host.client, 80);
        TcpService.listen(host.client, 81);
        host.start("carry: [host, guest]", "hooks: { backend: iptables, forward: true }");
    }

    @ParameterizedTest(name = "IPv{0}")
    @CsvSource({"4, ipv4", "6, ipv6"})
    void markTheFirstPacketInEveryDirection(int family, String name) {
        Tally tally = host.tally();

        assertOpen(host.client, server(family), 80);
        assertOpen(host.server, client(family), 80);
        assertOpen(host.client, GuestNetwork.guest(family), 80);

        tally.assertDecisions("egress ACCEPT rule 1", "ingress ACCEPT rule 2");
        for (String to : new String[] {server(family), client(family), GuestNetwork.guest(family)}) {
            assertThat(host.server.run("conntrack", "-L", "-f", name, "-p", "tcp", "-d", to, "--dport", "80"))
                    .as("the mark is the host's own, and nothing of ours is left in it")
                    .contains("mark=9 ");
        }
    }

    /** What arrives is counted behind the mangle table of the one who gets it; one router lies before the client. */
    @ParameterizedTest(name = "IPv{0}")
    @ValueSource(ints = {4, 6})
    void changeTheFirstPacketInEveryDirection(int family) {
        countChanged(host.server, family, 42);
        countChanged(host.client, family, 41);
        countChanged(guests.guest, family, 42);
        Tally tally = host.tally();

        assertOpen(host.client, server(family), 82);
        assertOpen(host.server, client(family), 82);
        assertOpen(host.client, GuestNetwork.guest(family), 82);

        tally.assertDecisions("egress ACCEPT rule 1", "ingress ACCEPT rule 2");
        for (NetworkNamespace to : List.of(host.server, host.client, guests.guest)) {
            assertThat(to.run(tool(family), "-t", "filter", "-L", "INPUT", "-nvx"))
                    .as(to.name() + " got a SYN that the host's own rules have changed")
                    .containsPattern("\n +[1-9][0-9]* +[0-9]+ .*tcpmss match 600");
        }
    }

    private static void countChanged(NetworkNamespace at, int family, int hops) {
        at.run((tool(family) + " -A INPUT -p tcp --dport 82 --syn -m tcpmss --mss 600 -m "
                        + (family == 4 ? "ttl --ttl-eq " : "hl --hl-eq ") + hops)
                .split(" "));
    }

    private static String tool(int family) {
        return family == 4 ? "iptables" : "ip6tables";
    }

    @Test
    void sendTheFirstPacketByTheirRoute() {
        Tally tally = host.tally();

        assertShut(host.server, CLIENT_4, 81);
        assertShut(host.server, CLIENT_6, 81);

        tally.assertDecisions("egress ACCEPT rule 2");
    }
}
