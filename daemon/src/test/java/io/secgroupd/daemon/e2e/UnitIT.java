package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UnitGroups;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The unit behind a connection, on real packets: that of the process that opens it, and that of the one that serves it. */
@NetnsTest
@Tag("alone")
class UnitIT {

    private static final int MANY = 1000;
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound: [{ protocol: tcp, ports: 80, source: any }]
                outbound: [{ protocol: tcp, ports: 443, destination: any }]
            instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
            """;

    /** Says what it hears. */
    private static final String SERVER = "use IO::Socket::INET; $| = 1;"
            + " my $l = IO::Socket::INET->new(LocalPort => 80, Listen => 1024, ReuseAddr => 1) or die;"
            + " while (my $c = $l->accept) { $c->autoflush(1); while (my $line = <$c>) { print $c $line } close $c }";
    /** Opens so many connections one after the other, and keeps the newest of them, as a program does that has work to do. */
    private static final String CLIENT =
            "use IO::Socket::INET; my ($to, $port, $times, $kept) = @ARGV; my @open; for (1 .. $times) {"
                    + " my $s = IO::Socket::INET->new(PeerAddr => $to, PeerPort => $port) or die \"$!\\n\";"
                    + " $s->autoflush(1); print $s \"x\\n\"; my $line = <$s>; push @open, $s; shift @open if @open > $kept }";

    private final JudgedHost host = new JudgedHost(RULES);
    private final UnitGroups units = new UnitGroups(host.server);

    @BeforeEach
    void start() {
        assumeTrue(units.arePossible(), "this kernel lets no groups of cgroup v2 be made");
        TcpService.listen(host.client, 443);
    }

    @AfterEach
    void close() {
        units.close();
        host.close();
    }

    @Test
    void bothEndsOfThisHostAreNamedAndTheLogIsSearchedByThem() {
        String web = serve();
        String backup = units.make("backup");
        start("units: true");
        host.assertOpen(80);
        open(backup, 1);
        host.assertShut(82);
        awaitLines(3);

        assertThat(FlowLogFiles.linesOf(host.flowLog()))
                .extracting(line -> line.text("dport") + " " + line.text("unit"))
                .containsExactlyInAnyOrder("80 " + web, "443 " + backup, "82 (no field unit)");
        assertThat(FlowLine.parse(logs("--unit", "backup-*", "--output", "json")))
                .extracting(line -> line.text("dport"))
                .containsExactly("443");
        assertThat(logs("--top", "unit")).contains(web).contains(backup);
    }

    @Test
    void ofAThousandConnectionsInEitherDirectionNearlyAllAreNamed() {
        String web = serve();
        String backup = units.make("backup");
        start("units: true");
        open(backup, MANY);
        host.client.run("perl", "-e", CLIENT, SERVER_4, "80", Integer.toString(MANY), "0");
        awaitLines(2 * MANY);

        List<FlowLine> lines = FlowLogFiles.linesOf(host.flowLog());
        assertThat(lines.stream().filter(line -> line.text("unit").equals(web)).count())
                .isGreaterThanOrEqualTo(MANY * 95 / 100);
        assertThat(lines.stream()
                        .filter(line -> line.text("unit").equals(backup))
                        .count())
                .isGreaterThanOrEqualTo(MANY * 95 / 100);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.text("unit"))
                        .isIn(line.text("dport").equals("80") ? web : backup, "(no field unit)"));
    }

    @Test
    void whoDoesNotWantItHasALogWithoutUnits() {
        serve();
        start("units: false");
        host.assertOpen(80);
        awaitLines(1);

        assertThat(FlowLogFiles.linesOf(host.flowLog()).get(0).fields()).doesNotContainKey("unit");
        assertThat(host.socket().get("/metrics")).doesNotContain("secgroupd_flowlog_units_total{");
    }

    private void start(String setting) {
        host.launch(UnitGroups.seen(), "flow_log: { path: " + host.flowLog() + ", aggregate: 0s, " + setting + " }")
                .awaitLog("daemon.ready");
        host.socket();
    }

    private String serve() {
        String web = units.make("web");
        host.server.start(new ProcessBuilder(UnitGroups.in(web, "perl", "-e", SERVER)));
        await().until(() -> host.server.run("ss", "-Hltn").contains(":80 "));
        return web;
    }

    private void open(String unit, int connections) {
        host.server.run(UnitGroups.in(unit, "perl", "-e", CLIENT, CLIENT_4, "443", Integer.toString(connections), "64")
                .toArray(String[]::new));
    }

    private void awaitLines(int count) {
        await().until(() -> FlowLogFiles.decisionsIn(host.flowLog()) >= count);
    }

    private String logs(String... options) {
        String[] command = new String[options.length + 3];
        command[0] = RunningDaemon.PROGRAM.toString();
        command[1] = "logs";
        command[2] = host.flowLog().toString();
        System.arraycopy(options, 0, command, 3, options.length);
        return host.server.run(command);
    }
}
