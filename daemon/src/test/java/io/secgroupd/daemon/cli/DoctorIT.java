package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on a host with real tables of others, real parameters and real files. */
@NetnsTest
class DoctorIT {

    private final NetworkNamespace host = NetworkNamespace.create("doctor");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @AfterEach
    void closeTheHost() {
        host.close();
    }

    @Test
    void tellsWhoElseJudgesAndWhatWeakensTheRules() throws IOException {
        host.ip("addr add 10.0.1.10/32 dev lo");
        host.run("nft", "add table inet guard");
        host.run("nft", "add chain inet guard early { type filter hook input priority -300 ; }");
        host.run("nft", "add chain inet guard late { type filter hook input priority 10 ; policy drop ; }");
        host.run("iptables", "-N", "DOCKER-USER");
        host.run("iptables", "-A", "FORWARD", "-j", "DOCKER-USER");
        host.sysctl("net/ipv4/conf/all/route_localnet", "1");
        String before = host.run("nft", "list", "ruleset");

        Cli doctor = doctor();

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(flat(doctor.out()))
                .contains("note firewall table inet guard, input at priority -300, comes before secgroupd")
                .contains("warning firewall table inet guard, input at priority 10, comes after secgroupd")
                .contains("note firewall table filter of docker, forward at priority 0, comes after secgroupd")
                .contains("warning firewall docker forwards packets to guests of this host")
                .contains("warning sysctl net.ipv4.conf.all.route_localnet = 1")
                .contains("ok rules " + rules() + " is sound; this host carries app-1")
                .contains("problem daemon does not run")
                .contains("note hooks are not in place: nothing is judged on this host");
        assertThat(host.run("nft", "list", "ruleset")).as("nothing is touched").isEqualTo(before);
    }

    @Test
    void hooksWithoutADaemonRefuseEverything() throws IOException {
        host.call(() -> Cli.run("hooks", "install", "--config", settings()));

        assertThat(flat(doctor().out()))
                .contains("problem hooks in place without a daemon: every new connection is refused")
                .contains("ok firewall no other tables judge packets here");
    }

    @Test
    void jsonHasEveryFindingWithItsLevel() {
        String json = host.call(() -> Cli.run(
                        "doctor", "--output", "json", "--config", settings(), "--rules", directory + "/none.yaml"))
                .out();

        assertThat(json)
                .startsWith("{\"problems\":2,")
                .contains("{\"level\":\"problem\",\"topic\":\"rules\",\"what\":\"" + directory
                        + "/none.yaml does not exist: the daemon does not start without it\",\"next\":\"");
    }

    @Test
    void withoutRightsItSaysWhatItCannotSeeAndTheHooksAreNotTouched() {
        host.call(() -> Cli.run("hooks", "install", "--config", settings()));

        assertThat(flat(asNobody("doctor")))
                .contains("note rights run without CAP_NET_ADMIN")
                .contains("note firewall this user cannot see whether there are other firewalls")
                .doesNotContain("are not in place");
        assertThat(asNobody("hooks remove")).contains("the hooks need CAP_NET_ADMIN; run it as root");
        assertThat(host.call(() -> Cli.run("hooks", "check", "--config", settings()))
                        .exitCode())
                .isZero();
    }

    private String asNobody(String command) {
        String program = Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();
        return host.run(
                "sh",
                "-c",
                "setpriv --reuid=65534 --regid=65534 --clear-groups " + program + " " + command + " 2>&1; true");
    }

    private Cli doctor() throws IOException {
        String rules = rules();
        return host.call(() -> Cli.run("doctor", "--config", settings(), "--rules", rules));
    }

    private String rules() throws IOException {
        return Files.copy(
                        Path.of("../rules/examples/scenario.yaml"),
                        directory.resolve("rules.yaml"),
                        StandardCopyOption.REPLACE_EXISTING)
                .toString();
    }

    private String settings() throws IOException {
        return Files.writeString(
                        directory.resolve("daemon.yaml"),
                        "flow_log: { path: " + directory + "/flows.log }\nadmin: { socket: " + directory
                                + "/a.sock }\n")
                .toString();
    }

    /** The sentences without the breaks that the width of a terminal makes. */
    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
