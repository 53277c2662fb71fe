package io.secgroupd.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.doctor.BackendFacts.Tool;
import io.secgroupd.daemon.doctor.DaemonFacts.SocketAnswer;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.terms.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From facts to findings: what is wrong, how wrong, and what to do. */
class FindingsTest {

    private static final Path SOCKET = Path.of("/run/secgroupd/admin.sock");

    @ParameterizedTest
    @CsvSource({
        "6.18.44, OK, CVE-2026-45859",
        "6.12.0-rc1, OK, CVE-2026-45859",
        "6.11.9, NOTE, A and AAAA",
        "5.10.0-28-amd64, NOTE, A and AAAA",
        "7.0, OK, CVE-2026-45859",
        "huh, NOTE, cannot be compared"
    })
    void aKernelIsJudgedByItsVersion(String release, Level level, String words) {
        assertThat(KernelCheck.findings(release, 1))
                .last()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(level))
                .satisfies(finding -> assertThat(finding.what()).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "6.18.13, 2, ''",
        "6.18.14-amd64, 2, WARNING",
        "6.18.14-amd64, 1, NOTE",
        "6.18.30, 2, ''",
        "6.19.3, 2, ''",
        "6.19.4, 4, WARNING",
        "6.17.20, 4, ''"
    })
    void aKernelWhoseTableOfVerdictsMayBeFaultyIsNamed(String release, int queues, String level) {
        assertThat(KernelCheck.findings(release, queues))
                .filteredOn(finding -> finding.next().contains("936206e3f6ff"))
                .extracting(finding -> finding.level().name())
                .isEqualTo(level.isEmpty() ? List.of() : List.of(level));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "68, 1", "69, 0", "1024, 0"})
    void portsThatAreFreeForAllMayIncludeThatOfTheDhcpClient(String first, int findings) {
        var sysctls = new Sysctls(Map.of("net.ipv4.ip_unprivileged_port_start", first));

        assertThat(SysctlCheck.findings(sysctls, false))
                .filteredOn(finding -> finding.what().contains("DHCP client"))
                .hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "79999, OK", "80000, WARNING", "94999, WARNING", "95000, PROBLEM", "100000, PROBLEM"})
    void aFullConnectionTableIsAProblem(String count, Level level) {
        var sysctls = new Sysctls(
                Map.of("net.netfilter.nf_conntrack_max", "100000", "net.netfilter.nf_conntrack_count", count));

        assertThat(SysctlCheck.findings(sysctls, false))
                .singleElement()
                .extracting(Finding::level)
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "net.netfilter.nf_conntrack_tcp_loose, 0, NOTE, pickup",
        "net.netfilter.nf_conntrack_tcp_be_liberal, 1, WARNING, reset it",
        "net.netfilter.nf_conntrack_helper, 1, WARNING, FTP",
        "net.ipv4.conf.eth0.route_localnet, 1, WARNING, 127.0.0.0/8"
    })
    void aKernelParameterThatWeakensTheRulesIsNamed(String name, String value, Level level, String words) {
        assertThat(SysctlCheck.findings(new Sysctls(Map.of(name, value)), false))
                .filteredOn(finding -> finding.what().startsWith(name + " = " + value))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(level))
                .satisfies(finding -> assertThat(finding.what()).contains(words));
        assertThat(SysctlCheck.findings(new Sysctls(Map.of(name, value.equals("1") ? "0" : "1")), false))
                .noneMatch(finding -> finding.what().startsWith(name));
    }

    @Test
    void bridgesMatterOnlyWhereForwardedPacketsAreJudged() {
        var sysctls = new Sysctls(Map.of("net.bridge.bridge-nf-call-iptables", "0"));

        assertThat(SysctlCheck.findings(sysctls, true))
                .anyMatch(finding -> finding.what().contains("on one bridge"));
        assertThat(SysctlCheck.findings(sysctls, false))
                .noneMatch(finding -> finding.what().contains("bridge"));
    }

    @Test
    void aNumberInProcIsReadWhole() {
        Host host = new Host(Path.of("/"), CommandRunner.ofThisHost());

        assertThat(host.read("proc/sys/kernel/pid_max").orElseThrow().strip()).hasSizeGreaterThan(3);
        assertThat(host.read("proc/no/such/file")).isEmpty();
    }

    @Test
    void aServiceNeedsOneCapabilityAndNoMore() {
        assertThat(service("0000000000001000", false).level()).isEqualTo(Level.OK);
        assertThat(service("0000000000001000", true))
                .extracting(Finding::level, Finding::what)
                .satisfies(both -> assertThat(both.toString()).contains("PROBLEM", "CAP_NET_RAW"));
        assertThat(service("0000000000003000", true).level()).isEqualTo(Level.OK);
        assertThat(service("0000000000000000", false).what()).contains("lacks CAP_NET_ADMIN");
        assertThat(service("000001ffffffffff", false))
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.NOTE))
                .satisfies(
                        finding -> assertThat(finding.what())
                                .endsWith(
                                        "more rights than it needs: CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and 36 more"));
    }

    private static Finding service(String capabilities, boolean legacy) {
        Optional<ProcessRights> root = ProcessRights.parse("Pid:\t7\nUid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\n");
        Optional<ProcessRights> service = ProcessRights.parse(
                "Pid:\t8\nUid:\t998\t998\t998\t998\nCapEff:\t" + capabilities + "\nNoNewPrivs:\t1\n");
        return RightsCheck.findings(root, service, legacy).get(0);
    }

    @Test
    void whoeverAsksWithoutRightsIsToldWhatIsHidden() {
        assertThat(RightsCheck.findings(
                        ProcessRights.parse("Pid:\t7\nUid:\t1000\t1000\t1000\t1000\nCapEff:\t0\n"),
                        Optional.empty(),
                        false))
                .containsExactly(new Finding(
                        Level.NOTE,
                        "rights",
                        "run without CAP_NET_ADMIN: neither the hooks nor other firewalls' rules can be seen",
                        "sudo secgroupd doctor"));
    }

    @ParameterizedTest(name = "{0}, nft {1}, iptables {2}: {3} {4}")
    @CsvSource({
        "AUTO,     works,   works,   OK,      auto means nft",
        "AUTO,     fails,   works,   OK,      auto means iptables",
        "AUTO,     missing, fails,   PROBLEM, neither",
        "AUTO,     hidden,  hidden,  NOTE,    not tried",
        "NFT,      fails,   works,   PROBLEM, nft is set and does not work",
        "IPTABLES, works,   works,   OK,      iptables is set",
        "NFT,      hidden,  hidden,  NOTE,    nft is set"
    })
    void theBackendIsNamedWithWhatTheTrialSaid(Backend wanted, String nft, String iptables, Level level, String words) {
        assertThat(BackendCheck.findings(new BackendFacts(wanted, tool(nft), tool(iptables)))
                        .get(0))
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(level))
                .satisfies(finding -> assertThat(finding.what()).contains(words));
    }

    private static Tool tool(String how) {
        return new Tool(
                how.equals("missing") ? Optional.empty() : Optional.of("v1"),
                !how.equals("hidden"),
                how.equals("fails") ? Optional.of("no queue") : Optional.empty());
    }

    @ParameterizedTest(name = "daemon {0}, hooks {1}: {2} {3}")
    @CsvSource({
        "WELL,        NFT,      ,                OK,      in place",
        "WELL,        ,         ,                PROBLEM, open to every new connection",
        "WELL,        IPTABLES, chain is missing, PROBLEM, chain is missing",
        "NOT_RUNNING, NFT,      ,                PROBLEM, every new connection is refused",
        "NOT_RUNNING, ,         ,                NOTE,    nothing is judged"
    })
    void hooksAndDaemonBelongTogether(
            SocketAnswer answer, Backend standing, String difference, Level level, String words) {
        var facts = new DaemonFacts(
                answer,
                Optional.empty(),
                true,
                Optional.ofNullable(standing),
                difference == null ? List.of() : List.of(difference));

        assertThat(DaemonCheck.findings(facts, SOCKET))
                .filteredOn(finding -> finding.topic().equals("hooks"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(level))
                .satisfies(finding -> assertThat(finding.what()).contains(words));
    }

    @Test
    void aRefusedRulesFileIsToldWithTheReason() {
        var facts = new DaemonFacts(SocketAnswer.WELL, Optional.of("2 errors"), false, Optional.empty(), List.of());

        assertThat(DaemonCheck.findings(facts, SOCKET))
                .extracting(finding -> finding.level() + " " + finding.topic())
                .containsExactly("OK daemon", "WARNING daemon");
    }

    @Test
    void whoeverMayWriteTheRulesDecidesWhoGetsIn(@TempDir Path directory) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), rules);

        assertThat(PolicyCheck.owners("rules", link))
                .filteredOn(finding -> finding.next().startsWith("chmod go-w " + directory))
                .containsExactly(new Finding(
                        Level.PROBLEM,
                        "rules",
                        rules + " can be written by others (mode rw-rw-rw-), who decide who gets into this host",
                        "chmod go-w " + rules));
    }

    @Test
    void aDirectoryMustBeTheDaemonsAndHaveRoom() {
        Path logs = Path.of("/var/log/secgroupd");
        var own = Optional.of(new FileFacts(logs, "secgroupd", 0040750));
        var disk = new DiskFacts("the log", logs, false, own, OptionalLong.of(2_000_000_000), 1_100_000_000);
        var full = new DiskFacts("the log", logs, false, own, OptionalLong.of(50_000_000), 1_100_000_000);

        assertThat(DiskCheck.findings(disk, Optional.of("secgroupd")))
                .containsExactly(new Finding(Level.OK, "disk", "the log /var/log/secgroupd: 2.0 GB free", ""));
        assertThat(DiskCheck.findings(disk, Optional.of("daemon")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).endsWith("runs as daemon: it cannot write there"));
        assertThat(DiskCheck.findings(full, Optional.empty()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("50 MB free, and it may grow to 1.1 GB"));
    }

    @Test
    void whatOthersWroteDoesNotCommandTheTerminal() {
        assertThat(DoctorText.of(
                        List.of(new Finding(Level.WARNING, "mark", "a rule \u001b]0;x\u0007", "see\u009b it"))))
                .containsExactly("warning  mark  a rule ?]0;x?", "               -> see? it");
    }

    @Test
    void linesAreAlignedAndFitTheTerminal() {
        List<String> lines = DoctorText.of(List.of(
                new Finding(Level.OK, "kernel", "Linux 6.18", ""),
                new Finding(Level.WARNING, "conntrack", "full ".repeat(30).strip(), "make it larger")));

        assertThat(lines)
                .hasSize(4)
                .allMatch(line -> line.length() <= 100)
                .startsWith("ok       kernel     Linux 6.18")
                .endsWith("                    -> make it larger");
    }
}
