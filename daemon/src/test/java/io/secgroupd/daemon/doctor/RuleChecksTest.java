package io.secgroupd.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.secgroupd.daemon.doctor.ServiceUserCheck.ServiceUser;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.HostRules;
import io.secgroupd.daemon.hooks.HostRules.HostRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others' rules and files mean for secgroupd. */
class RuleChecksTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iptables | -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 8443 | must name port 8443, not 443",
                "iptables | -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.1:8080 | must name port 8080, not 80",
                "ip6tables | -p tcp -m tcp --dport 80 -j DNAT --to-destination [2001:db8::1]:8080 | must name port 8080, not 80",
                "iptables | -j DNAT --to-destination 10.0.0.1 | behind the translation",
                "nft | tcp dport 443 redirect to :8443 | must name port 8443, not 443",
                "nft | tcp dport 80 dnat ip to 10.0.0.1:8080 | must name port 8080, not 80"
            })
    void aTranslatedPortIsNamedOnBothSides(String tool, String rule, String words) {
        assertThat(findings(tool, "nat", rule))
                .singleElement()
                .satisfies(finding -> assertThat(finding.topic()).isEqualTo("nat"))
                .satisfies(finding -> assertThat(finding.what()).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "iptables, -p udp -m udp --dport 53 -j CT --notrack",
        "iptables, -p udp -m udp --dport 53 -j NOTRACK",
        "nft, udp dport 53 notrack"
    })
    void packetsOutOfTrackingAreNamed(String tool, String rule) {
        assertThat(findings(tool, "raw", rule))
                .singleElement()
                .extracting(Finding::level, Finding::topic)
                .containsExactly(Level.WARNING, "notrack");
    }

    @Test
    void otherRulesAreNobodysBusiness() {
        assertThat(findings("iptables", "filter", "-p tcp -m tcp --dport 443 -j ACCEPT"))
                .isEmpty();
        assertThat(findings("iptables", "raw", "-p tcp -j CT --zone 3")).isEmpty();
    }

    @Test
    void savedHooksComeBackAtBoot() throws IOException {
        Files.createDirectories(directory.resolve("etc/iptables"));
        Files.writeString(directory.resolve("etc/iptables/rules.v4"), "*mangle\n:SECGROUPD-INPUT - [0:0]\nCOMMIT\n");
        Files.writeString(directory.resolve("etc/iptables/rules.v6"), "*filter\n# SECGROUPD-INPUT\nCOMMIT\n");
        Files.writeString(directory.resolve("etc/nftables.conf"), "flush ruleset\ntable inet secgroupd {\n}\n");

        assertThat(SavedRulesCheck.findings(new Host(directory, CommandRunner.ofThisHost())))
                .extracting(finding -> finding.what().split(" ", 2)[0])
                .containsExactly("/etc/iptables/rules.v4", "/etc/nftables.conf");
    }

    @Test
    void whatTheServiceCannotReadIsNamedThoughRootCan() throws IOException {
        Path hidden = Files.createDirectory(directory.resolve("hidden"));
        Path file = Files.writeString(hidden.resolve("rules.yaml"), "version: 1\n");
        int owner = (Integer) Files.getAttribute(file, "unix:uid");
        int group = (Integer) Files.getAttribute(file, "unix:gid");
        var service = new ServiceUser("secgroupd", owner + 1, Set.of(group + 1));
        open(directory, "rwxr-xr-x");

        open(hidden, "rwx------");
        open(file, "rw-r--r--");
        assertThat(ServiceUserCheck.findings(service, List.of(file)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).endsWith("it may not enter " + hidden));

        open(hidden, "rwxr-xr-x");
        open(file, "rw-r-----");
        assertThat(ServiceUserCheck.findings(service, List.of(file)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).endsWith("cannot read " + file));
        var member = new ServiceUser("secgroupd", owner + 1, Set.of(group));
        assertThat(ServiceUserCheck.findings(member, List.of(file))).isEmpty();

        open(file, "rw-r--r--");
        assertThat(ServiceUserCheck.findings(service, List.of(file))).isEmpty();
    }

    @Test
    void whereTheServiceCannotWriteIsNamedThoughRootCan() throws IOException {
        Path above = Files.createDirectory(directory.resolve("above"));
        Path state = Files.createDirectory(above.resolve("state"));
        int owner = (Integer) Files.getAttribute(state, "unix:uid");
        var service = new ServiceUser("secgroupd", owner + 1, Set.of());
        open(directory, "rwxr-xr-x");

        open(above, "rwx------");
        open(state, "rwxrwxrwx");
        assertThat(problems(service, state)).singleElement().asString().endsWith("it may not enter " + above);

        open(above, "rwx--x--x");
        open(state, "rwxr-xr-x");
        assertThat(problems(service, state)).singleElement().asString().endsWith("cannot write in " + state);

        open(state, "rwxrwxrwx");
        assertThat(problems(service, state)).isEmpty();
        assertThat(problems(new ServiceUser("secgroupd", owner, Set.of()), state))
                .isEmpty();
        assertThat(problems(service, state.resolve("missing"))).isEmpty();
    }

    @Test
    void whereTheUnitLetsNobodyWriteIsNamed() {
        var service = new ServiceUser("secgroupd", 1, Set.of());

        assertThat(ServiceUserCheck.writing(service, List.of(Path.of("/srv/none"), Path.of("/run/secgroupd/none"))))
                .extracting(Finding::level, Finding::next)
                .containsExactly(
                        tuple(Level.WARNING, "systemctl edit secgroupd, with [Service] and ReadWritePaths=/srv/none"));
    }

    /** The unit's directories must be those that the check knows. */
    @Test
    void theShippedUnitHasTheDirectoriesThatTheServiceMayWrite() throws IOException {
        assertThat(Files.readAllLines(Path.of("../systemd/secgroupd.service")))
                .contains("StateDirectory=secgroupd", "LogsDirectory=secgroupd", "RuntimeDirectory=secgroupd")
                .contains("ProtectSystem=strict")
                .noneMatch(line -> line.startsWith("ReadWritePaths="));
    }

    private static List<String> problems(ServiceUser user, Path directory) {
        return ServiceUserCheck.writing(user, List.of(directory)).stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .map(Finding::what)
                .toList();
    }

    private static void open(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static List<Finding> findings(String tool, String table, String rule) {
        return RuleChecks.findings(new HostRules(List.of(new HostRule(tool, table, "PREROUTING", rule))), 0);
    }
}
