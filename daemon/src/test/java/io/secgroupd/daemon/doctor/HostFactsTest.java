package io.secgroupd.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.doctor.DaemonFacts.SocketAnswer;
import io.secgroupd.daemon.doctor.ServiceUserCheck.ServiceUser;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a host: its processes, its users and its kernel's parameters. */
class HostFactsTest {

    private static final String RUN = "/usr/lib/jvm/bin/java -Xmx64m io.secgroupd.daemon.cli.Secgroupd run";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HostTree tree;

    @BeforeEach
    void root() {
        tree = new HostTree(directory).withLink("proc/self/ns/net", "net:[1]");
    }

    @Test
    void theDaemonIsTheProcessThatRunsItInThisNamespace() {
        tree.withProcess("7", "sleep 1", "net:[1]")
                .withProcess("8", RUN, "net:[2]")
                .withProcess("9", RUN, "net:[1]")
                .with("proc/uptime", "1 1");

        assertThat(probe().rights()).map(ProcessRights::pid).contains("9");
    }

    @Test
    void anotherCommandOfTheSameProgramIsNotTheDaemon() {
        tree.withProcess("9", RUN.replace(" run", " status"), "net:[1]")
                .withProcess("10", "vi io.secgroupd.daemon.cli.Secgroupd", "net:[1]");

        assertThat(probe().rights()).isEmpty();
    }

    @Test
    void withoutASocketNobodyAnswers() {
        DaemonFacts facts = probe().ask(false, SkeletonSettings.DEFAULT);

        assertThat(facts.answer()).isEqualTo(SocketAnswer.NOT_RUNNING);
        assertThat(facts.refused()).isEmpty();
        assertThat(facts.standing()).isEmpty();
    }

    @Test
    void theUserOfTheServiceHasItsOwnGroupsAndThatOfTheUnit() {
        tree.with("etc/passwd", "root:x:0:0::/root:/bin/sh\nsecgroupd:x:997:996::/nonexistent:/usr/sbin/nologin\n")
                .with("etc/group", "adm:x:4:syslog\nweb:x:50:www,secgroupd\nother:x:51:xsecgroupd\nsecgroupd:x:996:\n");

        assertThat(ServiceUser.read(tree.host())).contains(new ServiceUser("secgroupd", 997, Set.of(996, 4, 50)));
    }

    @Test
    void aHostWithoutThatUserIsNotExaminedForIt() {
        tree.with("etc/passwd", "root:x:0:0::/root:/bin/sh\nsecgroupd2:x:1:1::/:/bin/sh\n");

        assertThat(ServiceUser.read(tree.host())).isEmpty();
    }

    @Test
    void parametersOfTheKernelBearTheirNamesInSysctl() {
        tree.with("proc/sys/net/netfilter/nf_conntrack_max", "65536\n")
                .with("proc/sys/net/ipv4/conf/eth0/route_localnet", "1\n")
                .with("proc/sys/net/ipv4/conf/eth0.7/rp_filter", "0\n");

        assertThat(Sysctls.read(tree.host()).values())
                .isEqualTo(Map.of(
                        "net.netfilter.nf_conntrack_max", "65536",
                        "net.ipv4.conf.eth0.route_localnet", "1",
                        "net.ipv4.conf.eth0.7.rp_filter", "0"));
    }

    @Test
    void whatIsNoNumberIsNotTakenForOne() {
        var sysctls = new Sysctls(Map.of("a", "12", "b", "-1", "c", "9999999999999999999", "d", ""));

        assertThat(sysctls.number("a")).hasValue(12);
        assertThat(sysctls.number("b")).isEmpty();
        assertThat(sysctls.number("c")).isEmpty();
        assertThat(sysctls.number("d")).isEmpty();
        assertThat(sysctls.number("missing")).isEmpty();
    }

    @Test
    void hooksThatSomebodySavedAsAForeignTableAreNoneOfOurs() {
        tree.with("etc/nftables.conf", "table inet secgroupd_backup {\n}\n# table inet secgroupd\n");

        assertThat(SavedRulesCheck.findings(tree.host())).isEmpty();
    }

    private DaemonProbe probe() {
        return new DaemonProbe(tree.host(), directory.resolve("admin.sock"));
    }
}
