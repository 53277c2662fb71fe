package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void run() throws IOException {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81);
        Files.writeString(host.directory.resolve("list.txt"), "192.0.2.1\n");
        start();
    }

    @Test
    void listThatDoesNotFitIsRefusedByNumberAndTheRunningPolicyStays() throws IOException {
        writeBigList();

        host.daemon().awaitLog("policy.refused");

        assertThat(host.daemon().log())
                .contains(
                        "the files hold ", " IPv4 and 0 IPv6 list entries", "in the heap of ", "raise SECGROUPD_HEAP");
        host.assertOpenIsOnly(80);
        assertThat(host.daemon().stop()).isZero();
    }

    @Test
    void startWithAListThatDoesNotFitGoesOnWithTheLastGoodPolicy() throws IOException {
        assertThat(host.daemon().stop()).isZero();
        writeBigList();

        start();

        assertThat(host.daemon().log()).contains("policy.last_good file=" + host.rulesFile);
        host.daemon().awaitLog("raise SECGROUPD_HEAP");
        host.assertOpenIsOnly(80);
    }

    private RunningDaemon start() {
        return host.launch(List.of("env", "SECGROUPD_HEAP=96m")).awaitLog("daemon.ready");
    }

    private void writeBigList() throws IOException {
        String list = IntStream.range(0, 1_000_000)
                .mapToObj(i -> (20 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255) + ".1")
                .collect(Collectors.joining("\n"));
        Files.writeString(host.directory.resolve("list.txt"), list);
    }
}
