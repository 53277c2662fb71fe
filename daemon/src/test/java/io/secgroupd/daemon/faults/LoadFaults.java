package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.e2e.JudgedHost;
import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.WirePacket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** More packets than a host has to judge as a rule, and packets that are none. */
final class LoadFaults {

    private static final int NOWHERE = 9999;
    private static final int SYN = 0x02;
    private static final int TCP = 6;
    private static final int RELOADS = 50;
    private static final int FLOOD_SECONDS = 3;
    private static final int BURSTS_A_SECOND = 100;
    private static final int BURST = 200;

    private LoadFaults() {}

    static List<FaultRow> rows() {
        return List.of(
                FaultRow.of(
                        6,
                        "cut-packets",
                        "packets of TCP that are cut at every length, in both families",
                        Promise.gapOf(500),
                        LoadFaults::cutPackets),
                FaultRow.of(
                        25,
                        "reloads-under-load",
                        "fifty policies while connections come as fast as they can",
                        Promise.gapOf(500),
                        LoadFaults::reloadsUnderLoad),
                FaultRow.of(
                        26,
                        "flood",
                        "20,000 datagrams a second from forged sources, for three seconds",
                        Promise.gapOf(1000),
                        LoadFaults::flood),
                FaultRow.of(
                                26,
                                "queue-full",
                                "a queue of 16 packets behind a daemon that stands still, with 400 more",
                                Promise.gapOf(1500),
                                scene -> burstWhilePaused(scene, 400))
                        .begunBy(scene -> scene.startWith(List.of(), "queue: { length: 16 }")),
                FaultRow.of(
                                27,
                                "buffer-full",
                                "a socket's buffer of 64 KiB behind a daemon that stands still, with 1000 packets",
                                Promise.gapOf(1500),
                                scene -> burstWhilePaused(scene, 1000))
                        .begunBy(scene -> scene.startWith(List.of(), "queue: { receive_buffer: 65536 }")),
                FaultRow.of(
                        44,
                        "edited-while-waiting",
                        "the policy is edited while packets wait for their verdict",
                        Promise.gapOf(1500),
                        LoadFaults::editedWhileWaiting));
    }

    /** The kernel itself drops such packets of connections that it tracks, so it is told not to track these. */
    private static void cutPackets(Scene scene) {
        for (int family : new int[] {4, 6}) {
            String stranger = family == 4 ? "203.0.113.7" : "2001:db8:203::7";
            String tool = family == 4 ? "iptables" : "ip6tables";
            scene.host.server.run(tool, "-t", "raw", "-A", "PREROUTING", "-s", stranger, "-j", "CT", "--notrack");
            WirePacket packet = WirePacket.of(stranger, JudgedHost.server(family));
            byte[] whole = packet.tcp(40_000, SwappingPolicy.SHUT, SYN);
            int header = family == 4 ? 20 : 40;
            for (int end = header; end < whole.length; end++) {
                scene.host.cable.send(packet.payload(TCP, Arrays.copyOfRange(whole, header, end)));
            }
            scene.traffic().alsoSent(whole.length - header);
        }
        scene.awaitMetric(
                "cut packets are refused",
                metrics -> metrics.counter("secgroupd_decisions_total", "reason=undecodable") > 0);
    }

    private static void reloadsUnderLoad(Scene scene) throws IOException {
        scene.host.client.sysctl("net/ipv4/ip_local_port_range", "20000 59999");
        Load load4 = load(scene, JudgedHost.SERVER_4);
        Load load6 = load(scene, JudgedHost.SERVER_6);
        try (load4;
                load6) {
            for (int i = 0; i < RELOADS; i++) {
                scene.writeEdit();
                FaultChecks.require(scene.reload() == 200, "a reload was refused");
            }
        }
        scene.traffic().alsoSent(load4.done() + load6.done());
        FaultChecks.require(load4.failed() + load6.failed() == 0, "a connection has failed");
        scene.awaitEdit();
    }

    private static Load load(Scene scene, String address) {
        return Load.ofConnections(scene.host.client, address, SwappingPolicy.OPEN, scene.open, 1);
    }

    private static void flood(Scene scene) {
        List<List<byte[]>> bursts = new ArrayList<>();
        for (int i = 0; i < FLOOD_SECONDS * BURSTS_A_SECOND; i++) {
            bursts.add(burst(i));
        }
        long next = System.nanoTime();
        for (List<byte[]> burst : bursts) {
            scene.host.cable.send(burst);
            scene.traffic().alsoSent(burst.size());
            next += Duration.ofSeconds(1).toNanos() / BURSTS_A_SECOND;
            LockSupport.parkNanos(Math.max(1, next - System.nanoTime()));
        }
    }

    private static List<byte[]> burst(int number) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            String source = "203.0.113." + (1 + i);
            packets.add(WirePacket.of(source, JudgedHost.SERVER_4).udp(10_000 + number, NOWHERE, (byte) '?'));
        }
        return packets;
    }

    private static void burstWhilePaused(Scene scene, int packets) {
        scene.host.daemon().hold();
        for (int i = 0; i < packets; i++) {
            scene.host.cable.send(JudgedHost.toServer(4).udp(10_000 + i, NOWHERE, (byte) '?'));
        }
        scene.traffic().alsoSent(packets);
        Scene.last(Duration.ofMillis(300));
        scene.host.daemon().goOn();
        scene.awaitUntil(
                "packets were dropped",
                () -> scene.queue().stream().anyMatch(queue -> queue.queueDropped() + queue.userDropped() > 0));
    }

    private static void editedWhileWaiting(Scene scene) throws IOException {
        for (int i = 0; i < 3; i++) {
            scene.host.daemon().hold();
            scene.awaitWaiting(50);
            scene.writeEdit();
            scene.host.daemon().goOn();
            scene.awaitEdit();
        }
    }
}
