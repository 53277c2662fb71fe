package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon has done when it says that it is ready, and what nobody must see of it. */
@NetnsTest
class ReadyIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    private static final List<String> TOOLS = List.of(
            "nft",
            "iptables",
            "iptables-save",
            "iptables-restore",
            "ip6tables-save",
            "ip6tables-restore",
            "iptables-legacy-save",
            "ip6tables-legacy-save");

    @AutoClose
    private final NetworkNamespace host = NetworkNamespace.create("ready");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** Nothing is sent here: nobody is at the other end, and there is no IPv6, which would speak by itself. */
    @BeforeEach
    void aHostToWhichNobodySpeaks() throws IOException {
        host.sysctl("net/ipv6/conf/all/disable_ipv6", "1");
        host.ip("link add eth0 type veth peer name nobody", "link set nobody up", "link set eth0 up");
        host.address("eth0", "10.0.1.10/24");
        Files.writeString(directory.resolve("rules.yaml"), RULES);
    }

    @Test
    void practiceLeavesNoTrace() throws IOException {
        RunningDaemon daemon = launch(List.of()).awaitLog("daemon.ready");

        var metrics = Exposition.parse(daemon.metrics());
        assertThat(metrics.counter("secgroupd_decisions_total")).isZero();
        assertThat(metrics.counter("secgroupd_rule_hits_total")).isZero();
        assertThat(metrics.observations("secgroupd_decision_seconds")).isZero();
        assertThat(daemon.stop()).isZero();
        assertThat(daemon.flows()).isEmpty();
        assertThat(daemon.log()).doesNotContain("warmup.failed").doesNotContain("practice");
    }

    /**
     * One trial, one question each for version and families, and one change a family: the rest the kernel tells. After a change the
     * guard lists both families once more, before or after the daemon is ready.
     */
    @Test
    void aStartRunsFewTools() throws IOException {
        assertThat(toolsOfAStart()).hasSizeLessThanOrEqualTo(6 + 2);
        assertThat(toolsOfAStart()).as("of a restart").hasSizeLessThanOrEqualTo(5);
    }

    private List<String> toolsOfAStart() throws IOException {
        Path asked = directory.resolve("asked");
        Files.deleteIfExists(asked);
        Path wrappers = Files.createDirectories(directory.resolve("wrappers"));
        for (String tool : TOOLS) {
            Path wrapper = Files.writeString(wrappers.resolve(tool), """
                    #!/bin/sh
                    echo "${0##*/} $*" >>%s
                    exec /usr/sbin/${0##*/} "$@"
                    """.formatted(asked));
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        RunningDaemon daemon = launch(List.of("env", "PATH=" + wrappers + ":/usr/bin:/bin"));
        daemon.awaitLog("daemon.ready");
        List<String> untilReady = Files.readAllLines(asked);
        assertThat(daemon.stop()).isZero();
        return untilReady;
    }

    /** Linking one takes a millisecond or two, which the first of them multiplies. */
    @Test
    void noMethodOfARecordIsLinkedAtAStart() throws IOException {
        Path loaded = directory.resolve("loaded");

        launch(List.of("env", "SECGROUPD_JAVA_OPTS=-Xlog:class+load:file=" + loaded))
                .awaitLog("daemon.ready");

        assertThat(Files.readAllLines(loaded))
                .hasSizeGreaterThan(1000)
                .noneMatch(line -> line.contains("java.lang.runtime.ObjectMethods "));
    }

    private RunningDaemon launch(List<String> wrapper) {
        return RunningDaemon.launch(host, wrapper, directory.resolve("rules.yaml"), directory.resolve("run"));
    }

    /** With "on", a JVM that cannot use its archive does not start. */
    @Test
    void theBuiltProgramStartsFromItsArchive() throws Exception {
        for (String command : List.of("--version", "serve --version", "pull --version")) {
            Script started = Script.run(directory, Map.of("SECGROUPD_JAVA_OPTS", "-Xshare:on"), "\"$SG\" " + command);

            assertThat(started.exitCode()).as(started.err()).isZero();
        }
        for (String archive : List.of("classes.jsa", "pull.jsa", "serve.jsa")) {
            assertThat(RunningDaemon.PROGRAM.resolveSibling("../lib/" + archive))
                    .exists();
        }
    }
}
