package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.assertOpen;
import static io.secgroupd.daemon.e2e.JudgedHost.assertShut;
import static io.secgroupd.daemon.e2e.JudgedHost.toServer;
import static io.secgroupd.daemon.testkit.WirePacket.DESTINATION_OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.nfqueue.QueueStats;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpService;
import io.secgroupd.daemon.testkit.WirePacket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Each setting of {@code on:}, with both of its values, provoked by packets, with the counter that tells of it. The setting
 * {@code stop} is in {@link StartAndStopIT}; {@code internal_error} in DataPlaneIT, as no packet is known to cause one.
 */
@NetnsTest
class FailureSettingsIT {

    private static final int DENIED = 54;
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    private int port = 30_000;

    @Test
    void withoutAListenerTheDoorIsShutAndTheKernelCountsWhoKnocked() {
        TcpService.listen(host.server, 80);
        host.start();
        assertOpen(host.client, SERVER_4, 80);

        host.daemon().kill();
        assertShut(host.client, SERVER_4, 80);
        assertShut(host.client, SERVER_4, 80);

        assertThat(inputCounts()).isEqualTo("queued 3, invalid 0, dhcp 0");
        assertShut(host.server, JudgedHost.CLIENT_4, 80);
        assertThat(counts("output")).isEqualTo("queued 1, invalid 0, dhcp 0, unaccepted 0");
    }

    @Test
    void withoutAListenerTheDoorIsOpenWhenToldToAndTheKernelCountsWhoCameIn() {
        TcpService.listen(host.server, 81);
        host.start("on: { no_listener: accept }");
        assertShut(host.client, SERVER_4, 81);

        host.daemon().kill();
        assertOpen(host.client, SERVER_4, 81);

        assertThat(inputCounts()).isEqualTo("queued 2, invalid 0, dhcp 0");
    }

    @Test
    void theCountsGoOnOverTheNextStart() {
        TcpService.listen(host.server, 80);
        host.start().kill();
        assertShut(host.client, SERVER_4, 80);

        host.start();
        assertOpen(host.client, SERVER_4, 80);

        assertThat(inputCounts()).isEqualTo("queued 2, invalid 0, dhcp 0");
    }

    @Test
    void aFullQueueDropsTheRestAndCountsIt() {
        UdpService denied = UdpService.listen(host.server, DENIED);
        host.start("queue: { length: 4 }");
        Tally tally = host.tally();

        host.daemon().hold();
        sendDatagrams(10);
        await().until(() -> queue().queueDropped() == 6);
        host.daemon().goOn();

        tally.assertDecisions("ingress REJECT no-matching-rule 4");
        assertThat(queue().userDropped()).isZero();
        assertThat(denied.receivedDatagrams()).isZero();
    }

    /** What is let through is what met the queue and was not judged. */
    @Test
    void aFullQueueLetsTheRestThroughWhenToldTo() {
        UdpService denied = UdpService.listen(host.server, DENIED);
        host.start("queue: { length: 4 }", "on: { queue_full: accept }");
        Tally tally = host.tally();

        host.daemon().hold();
        sendDatagrams(10);
        await().until(() -> denied.receivedDatagrams() == 6);
        host.daemon().goOn();

        tally.assertDecisions("ingress REJECT no-matching-rule 4");
        assertThat(inputCounts()).isEqualTo("queued 10, invalid 0, dhcp 0");
        assertThat(queue().queueDropped()).isZero();
        assertThat(queue().userDropped()).isZero();
    }

    @Test
    void whatDoesNotFitIntoTheSocketIsDroppedAndCountedToo() {
        host.start("queue: { receive_buffer: 65536 }");
        Tally tally = host.tally();
        int sent = 1000;

        host.daemon().hold();
        sendDatagrams(sent);
        await().until(() -> queue().delivered() == sent);
        long dropped = queue().userDropped();
        host.daemon().goOn();

        assertThat(dropped).isPositive();
        tally.assertDecisions("ingress REJECT no-matching-rule " + (sent - dropped));
        assertThat(queue().queueDropped()).isZero();
    }

    @Test
    void whatCannotBeDecodedIsRefused() {
        host.start();
        Tally tally = host.tally();

        host.cable.send(undecodable());

        tally.assertDecisions("ingress REJECT undecodable 1");
        assertThat(tally.stack("Tcp InSegs")).isZero();
    }

    @Test
    void whatCannotBeDecodedIsDeliveredWhenToldTo() {
        host.start("on: { undecodable: accept }");
        Tally tally = host.tally();

        host.cable.send(undecodable());

        tally.assertDecisions("ingress ACCEPT undecodable 1");
        await().until(() -> tally.stack("Tcp InSegs") == 1);
    }

    /** A SYN for an open port behind more headers than honest packets have. */
    private byte[] undecodable() {
        WirePacket packet = toServer(6);
        for (int i = 0; i < 9; i++) {
            packet.extension(DESTINATION_OPTIONS, 1, 4, 0, 0, 0, 0);
        }
        return packet.tcp(port++, 80, 0x02);
    }

    private void sendDatagrams(int count) {
        for (int i = 0; i < count; i++) {
            host.cable.send(toServer(4).udp(port++, DENIED, (byte) 1));
        }
    }

    private QueueStats queue() {
        return host.server.call(() -> QueueStats.read(4700)).orElseThrow();
    }

    private String inputCounts() {
        return counts("input");
    }

    /** As the program says, with or without a daemon. */
    private String counts(String hook) {
        String config = host.config().toString();
        return host.server
                .run(RunningDaemon.PROGRAM.toString(), "hooks", "check", "--config", config)
                .lines()
                .filter(line -> line.startsWith(hook))
                .map(line -> line.substring(hook.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
