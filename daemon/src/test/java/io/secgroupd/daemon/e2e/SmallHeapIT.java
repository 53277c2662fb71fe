package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that does not fit is refused by number, and what was in force protects the host, over a start as well. */
@NetnsTest
class SmallHeapIT {

    private static final String RULES = """
            version: 1
            prefix_lists: { pl-big: { file: list.txt } }
            security_groups:
              sg-web:
                inbound: [{ protocol: tcp, ports: 80, source: any }, { protocol: tcp, ports: 22, source: pl-big }]
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final JudgedHost net = new JudgedHost();

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private RunningDaemon daemon;

    @BeforeEach
    void run() throws IOException {
        TcpService.listen(net.server, 80);
        TcpService.listen(net.server, 81);
        Files.writeString(directory.resolve("list.txt"), "192.0.2.1\n");
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        daemon = start();
    }

    @AfterEach
    void removeTheNetwork() {
        net.close();
    }

    @Test
    void listThatDoesNotFitIsRefusedByNumberAndTheRunningPolicyStays() throws IOException {
        writeBigList();

        daemon.awaitLog("policy.refused");

        assertThat(daemon.log())
                .contains(
                        "the files hold ", " IPv4 and 0 IPv6 list entries", "of the heap of ", "raise SECGROUPD_HEAP");
        assertWebIsOpenAlone();
        assertThat(daemon.stop()).isZero();
    }

    @Test
    void startWithAListThatDoesNotFitGoesOnWithTheLastGoodPolicy() throws IOException {
        assertThat(daemon.stop()).isZero();
        writeBigList();

        daemon = start();

        assertThat(daemon.log()).contains("policy.last_good file=" + rules);
        daemon.awaitLog("raise SECGROUPD_HEAP");
        assertWebIsOpenAlone();
    }

    private RunningDaemon start() {
        RunningDaemon started =
                RunningDaemon.launch(net.server, List.of("env", "SECGROUPD_HEAP=96m"), rules, directory);
        return started.awaitLog("daemon.ready");
    }

    private void assertWebIsOpenAlone() {
        JudgedHost.assertOpen(net.client, JudgedHost.SERVER_4, 80);
        JudgedHost.assertShut(net.client, JudgedHost.SERVER_4, 81);
    }

    private void writeBigList() throws IOException {
        String list = IntStream.range(0, 1_000_000)
                .mapToObj(i -> (20 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255) + ".1")
                .collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("list.txt"), list);
    }
}
