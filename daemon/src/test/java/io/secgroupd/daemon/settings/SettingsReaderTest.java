package io.secgroupd.daemon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.settings.DaemonSettings.AdminSettings;
import io.secgroupd.daemon.settings.DaemonSettings.GuardSettings;
import io.secgroupd.daemon.settings.DaemonSettings.HookSettings;
import io.secgroupd.daemon.settings.DaemonSettings.PullSocket;
import io.secgroupd.daemon.settings.DaemonSettings.QueueOptions;
import io.secgroupd.daemon.settings.SettingsReader.SettingsResult;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.terms.KernelCache;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.terms.Refusal;
import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @TempDir
    private Path folder = Path.of("");

    private static final InetAddress LOOPBACK_6 = loopback6();

    private static final Path MANUAL_PAGE = Path.of("../docs/reference/secgroupd-daemon.yaml.adoc");

    @Test
    void theExampleOfTheManualPageWritesTheDefaultsOut() throws IOException {
        String example = Files.readString(MANUAL_PAGE).split("(?m)^\\.{4}$", 3)[1];

        assertThat(example).contains("rules:", "monitor:");
        assertThat(settings(example)).isEqualTo(DaemonSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing chosen\n", "hooks: {}\n", "{}"})
    void everyKeyHasADefault(String text) throws IOException {
        assertThat(settings(text)).isEqualTo(DaemonSettings.DEFAULT);
    }

    @Test
    void aMissingFileMeansTheDefaults() {
        assertThat(SettingsReader.readIfPresent(folder.resolve("none.yaml")).settings())
                .contains(DaemonSettings.DEFAULT);
    }

    @Test
    void aFileThatWasNamedMustExist() {
        assertThat(SettingsReader.read(folder.resolve("none.yaml")).problems())
                .singleElement()
                .asString()
                .contains("none.yaml:1:1: no such file");
    }

    @Test
    void aLinkThatLeadsNowhereIsNoMissingFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("daemon.yaml"), folder.resolve("gone.yaml"));

        assertThat(SettingsReader.readIfPresent(link).settings()).isEmpty();
    }

    @Test
    void readsEveryKey() throws IOException {
        DaemonSettings read = settings("""
                rules: my/rules.yaml
                carry: [app-1, app-2]
                host_instance: app-2
                mode: observe
                hooks: { backend: iptables, input: true, output: false, forward: true }
                queue: { first: 10, count: 4, length: 1024, copy_bytes: 256, receive_buffer: 4MiB }
                on: { no_listener: accept, queue_full: accept, undecodable: accept, internal_error: accept, stop: remove }
                pickup: reject
                refuse: answer
                cache: off
                established: cut
                mark: 0x80000000
                flow_log: { path: /tmp/f.log, format: vpc, accept: false, reject: false, aggregate: 500ms, rotate: 1GB, keep: 0, units: false }
                admin: { socket: /run/a.sock, group: wheel }
                control: { socket: /run/c.sock, group: serve, ports: [22, 2222] }
                pull: { socket: p.sock, group: pullers }
                metrics: { listen: "[::1]:9470" }
                monitor: { interfaces: [eth0, eth1], first_packets: all }
                rules_rights: refuse
                """);

        assertThat(read)
                .isEqualTo(new DaemonSettings(
                        folder.resolve("my/rules.yaml"),
                        Optional.of(List.of("app-1", "app-2")),
                        Optional.of("app-2"),
                        Mode.OBSERVE,
                        new HookSettings(Backend.IPTABLES, new JudgedHooks(true, false, true)),
                        new QueueOptions(10, OptionalInt.of(4), 1024, 256, 4 << 20),
                        new FailureVerdicts(
                                Verdict.ACCEPT,
                                Verdict.ACCEPT,
                                Verdict.ACCEPT,
                                Verdict.ACCEPT,
                                FailureVerdicts.Stop.REMOVE),
                        Pickup.REJECT,
                        Refusal.ANSWER,
                        KernelCache.OFF,
                        Existing.CUT,
                        0x8000_0000,
                        new FlowLogSettings(
                                Path.of("/tmp/f.log"),
                                FlowLogFormat.VPC,
                                false,
                                false,
                                Duration.ofMillis(500),
                                1_000_000_000,
                                0,
                                false),
                        new AdminSettings(Path.of("/run/a.sock"), "wheel"),
                        new GuardSettings(Optional.of(Path.of("/run/c.sock")), "serve", List.of(22, 2222)),
                        new PullSocket(Optional.of(folder.resolve("p.sock")), "pullers"),
                        Optional.of(new InetSocketAddress(LOOPBACK_6, 9470)),
                        new MonitorOptions(Optional.of(List.of("eth0", "eth1")), MonitorOptions.JudgedProtocols.ALL),
                        RulesRights.REFUSE));
    }

    @Test
    void reportsEveryProblemAtItsPlace() throws IOException {
        assertThat(problems("""
                moode: enforce
                hooks: { backend: iptable, inptu: true }
                queue:
                  first: 65536
                  receive_buffer: 8 MB
                flow_log: { aggregate: 10, rotate: 100mb, keep: yes }
                metrics: { listen: localhost:9470 }
                """))
                .containsExactly(
                        "daemon.yaml:1:1: moode: unknown key \"moode\"; write \"mode\"",
                        "daemon.yaml:2:19: hooks.backend: \"iptable\" is not a valid value; write auto or nft or iptables;"
                                + " did you mean \"iptables\"?",
                        "daemon.yaml:2:28: hooks.inptu: unknown key \"inptu\"; write \"input\"",
                        "daemon.yaml:4:10: queue.first: \"65536\" is not a number from 0 to 65534; write one, such as 1",
                        "daemon.yaml:5:19: queue.receive_buffer: \"8 MB\" is not a size such as 100MB or 8MiB;"
                                + " write a whole number and its unit",
                        "daemon.yaml:6:24: flow_log.aggregate: \"10\" is not a time such as 10s or 500ms;"
                                + " write a whole number and its unit",
                        "daemon.yaml:6:36: flow_log.rotate: \"100mb\" is not a size such as 100MB or 8MiB;"
                                + " write a whole number and its unit",
                        "daemon.yaml:6:49: flow_log.keep: \"yes\" is not a number from 0 to 1000; write one, such as 1",
                        "daemon.yaml:7:20: metrics.listen: \"localhost:9470\" is not an address with a port;"
                                + " write 127.0.0.1:9470 or \"[::1]:9470\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: Enforce                              | did you mean \"enforce\"?",
                "carry: []                                  | write at least one",
                "carry: [[a]]                               | this is a list",
                "hooks: on                                  | write a map",
                "hooks:                                     | there is no value here",
                "hooks: { input: false, output: false }     | no packet would be judged",
                "hooks: { input: 1 }                        | write true or false",
                "queue: { first: 65530, count: 7 }          | not a number from 1 to 5",
                "queue: { count: 0 }                        | not a number from 1 to 64",
                "queue: { copy_bytes: 40 }                  | not a number from 128 to 65531",
                "queue: { receive_buffer: 2GiB }            | not within 65536-1073741824 bytes",
                "queue: { receive_buffer: 08388608 }        | not a size",
                "mark: 3                                    | \"3\" is not one bit of a mark; write one such as 0x40000000",
                "mark: 0                                    | is not one bit of a mark",
                "mark: 0x100000000                          | is not one bit of a mark",
                "mark: -2147483648                          | is not one bit of a mark",
                "mark: 8589934592                           | is not one bit of a mark",
                "mark: bit 30                               | is not one bit of a mark",
                "on: { stop: reject }                       | write keep or remove",
                "on: { queue_full: drop }                   | write accept or reject",
                "flow_log: { aggregate: 2h }                | not within 0-3600000 ms",
                "flow_log: { aggregate: 1.5s }              | not a time",
                "flow_log: { rotate: 999999999999GB }       | not within",
                "flow_log: { path: '' }                     | is not a path",
                "metrics: { listen: '127.0.0.1' }           | not an address with a port",
                "metrics: { listen: '127.0.0.1:0x50' }      | not an address with a port",
                "metrics: { listen: '127.1:80' }            | not an address with a port",
                "metrics: { listen: '::1:9470' }            | not an address with a port",
                "metrics: { listen: '0.0.0.0:9470' }        | can be reached from other hosts; write 127.0.0.1:9470",
                "metrics: { listen: '[2001:db8::1]:9470' }  | can be reached from other hosts; write 127.0.0.1:9470",
                "[1, 2]                                     | this is a list",
                "mode: enforce\\nmode: observe              | mode"
            })
    void refuses(String text, String why) throws IOException {
        assertThat(problems(text.replace("\\n", "\n")))
                .singleElement()
                .asString()
                .contains(why);
    }

    @Test
    void refusesASocketPathThatNoSocketAddressHolds() throws IOException {
        assertThat(problems("admin: { socket: /run/" + "a".repeat(103) + " }"))
                .singleElement()
                .asString()
                .contains("has 108 bytes; a socket's path has at most 107");
        assertThat(problems("admin: { socket: /run/" + "a".repeat(102) + " }")).isEmpty();
    }

    @Test
    void monitorNeedsNoHook() throws IOException {
        assertThat(problems("{ mode: monitor, hooks: { input: false, output: false } }"))
                .isEmpty();
    }

    private static InetAddress loopback6() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private DaemonSettings settings(String text) throws IOException {
        SettingsResult result = read(text);
        assertThat(result.problems()).isEmpty();
        return result.settings().orElseThrow();
    }

    private List<String> problems(String text) throws IOException {
        SettingsResult result = read(text);
        assertThat(result.settings().isEmpty()).isEqualTo(!result.problems().isEmpty());
        return result.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    private SettingsResult read(String text) throws IOException {
        return SettingsReader.read(Files.writeString(folder.resolve("daemon.yaml"), text));
    }
}
