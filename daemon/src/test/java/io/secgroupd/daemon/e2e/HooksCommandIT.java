package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The skeleton by hand, as an administrator without a daemon has it. */
@NetnsTest
class HooksCommandIT {

    private final NetworkNamespace host = NetworkNamespace.create("hooks");

    @AfterEach
    void removeTheHost() {
        host.close();
    }

    @Test
    void installCheckAndRemoveSayWhatTheyDidAndExitAccordingly() {
        assertThat(hooks("check")).contains("chain SECGROUPD-INPUT is missing").endsWith("exit 1");

        assertThat(hooks("install")).startsWith("installed with").endsWith("exit 0");
        assertThat(hooks("check")).isEqualTo("""
                        in place
                        input    queued 0, invalid 0, dhcp 0
                        output   queued 0, invalid 0, dhcp 0, unaccepted 0
                        exit 0""");

        host.run("ip6tables", "-t", "mangle", "-D", "OUTPUT", "-j", "SECGROUPD-OUTPUT");
        assertThat(hooks("check"))
                .contains("ip6tables mangle: the only jump to SECGROUPD-OUTPUT")
                .endsWith("exit 1");
        assertThat(hooks("install")).endsWith("exit 0");
        assertThat(hooks("check")).startsWith("in place").endsWith("exit 0");

        assertThat(hooks("remove"))
                .startsWith("removed: new connections are no longer judged")
                .endsWith("exit 0");
        assertThat(hooks("remove")).endsWith("exit 0");
        assertThat(host.run("sh", "-c", "iptables-save; ip6tables-save")).doesNotContain("SECGROUPD");
    }

    @Test
    void withoutRightsItSaysSoAndDoesNothing() {
        String said = hooks("install", "setpriv", "--bounding-set=-net_admin", "--inh-caps=-all");

        assertThat(said).contains("CAP_NET_ADMIN").endsWith("exit 3");
        assertThat(host.run("sh", "-c", "iptables-save; ip6tables-save")).doesNotContain("SECGROUPD");
    }

    @Test
    void theRulesetNeedsNoRightsAndTellsBothBackends() {
        String[] nobody = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"};

        assertThat(program("ruleset --backend nft", nobody))
                .contains("table inet secgroupd")
                .endsWith("exit 0");
        assertThat(program("ruleset --backend iptables", nobody))
                .contains("-A SECGROUPD-INPUT -j NFQUEUE --queue-num 4700")
                .endsWith("exit 0");
    }

    private String hooks(String verb, String... wrapper) {
        return program("hooks " + verb + " --backend iptables", wrapper);
    }

    private String program(String command, String... wrapper) {
        String words = Arrays.stream(wrapper).map(word -> word + " ").collect(Collectors.joining());
        return host.run("sh", "-c", words + RunningDaemon.PROGRAM + " " + command + " 2>&1; echo exit $?")
                .strip();
    }
}
