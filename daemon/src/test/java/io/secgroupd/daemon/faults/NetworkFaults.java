package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.faults.Promise.Counts;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Interfaces and addresses that come, go and change. */
final class NetworkFaults {

    private static final int TIMES = 10;
    private static final String NEW_4 = "10.0.1.99";
    /** As odd as the kernel lets it be. */
    private static final String ODD = "e\"]}\\n;'$\u0007";

    private static final String NEW_6 = "2001:db8:1::99";

    private NetworkFaults() {}

    static List<FaultRow> rows() {
        Promise promise = Promise.gapOf(2500).counting(Counts.FREE);
        return List.of(
                FaultRow.of(31, "interface-down", "the interface goes down and comes back", promise, scene -> {
                    down(scene, "eth0");
                    Scene.last(Duration.ofMillis(500));
                    up(scene, "eth0");
                }),
                FaultRow.of(
                        31,
                        "interface-renamed",
                        "the interface gets another name, and other interfaces come and go",
                        promise,
                        NetworkFaults::renamed),
                FaultRow.of(
                        32,
                        "addresses",
                        "addresses that no instance lists come and go, ten times",
                        Promise.gapOf(500).counting(Counts.FREE),
                        NetworkFaults::addresses),
                FaultRow.of(
                        45,
                        "odd-names",
                        "an interface whose name has quotes and brackets, and a policy with escape sequences",
                        promise,
                        NetworkFaults::oddNames));
    }

    static void down(Scene scene, String networkInterface) {
        NetworkNamespace server = scene.host.server;
        server.sysctl("net/ipv6/conf/all/keep_addr_on_down", "1");
        server.run("ip", "link", "set", networkInterface, "down");
    }

    /** With the routes, which have gone with it. */
    static void up(Scene scene, String networkInterface) {
        NetworkNamespace server = scene.host.server;
        server.run("ip", "link", "set", networkInterface, "up");
        server.run("ip", "route", "replace", "default", "via", "169.254.0.1", "dev", networkInterface, "onlink");
        server.run("ip", "-6", "route", "replace", "default", "via", "fe80::1", "dev", networkInterface);
    }

    private static void renamed(Scene scene) {
        rename(scene, "eth0", "wan0");
        for (int i = 0; i < TIMES; i++) {
            scene.host.server.ip(
                    "link add other type veth peer name another", "link set other up", "link delete other");
        }
        scene.traffic().awaitWell(scene.edit());
        rename(scene, "wan0", "eth0");
    }

    private static void rename(Scene scene, String from, String to) {
        down(scene, from);
        scene.host.server.run("ip", "link", "set", from, "name", to);
        up(scene, to);
    }

    private static void addresses(Scene scene) {
        scene.host.network.router().ip("route add " + NEW_4 + "/32 dev port2", "route add " + NEW_6 + "/128 dev port2");
        scene.traffic().alsoDenied(NEW_4, SwappingPolicy.SHUT);
        scene.traffic().alsoDenied(NEW_6, SwappingPolicy.SHUT);
        for (int i = 0; i < TIMES; i++) {
            scene.host.server.ip("addr add " + NEW_4 + "/32 dev eth0", "addr add " + NEW_6 + "/128 dev eth0 nodad");
            Scene.last(Duration.ofMillis(200));
            scene.host.server.ip("addr del " + NEW_4 + "/32 dev eth0", "addr del " + NEW_6 + "/128 dev eth0");
        }
    }

    /** Each line of the flow log is read as JSON when the sums are made. */
    private static void oddNames(Scene scene) throws IOException {
        rename(scene, "eth0", ODD);
        scene.replaceRules(scene.nextPolicy().replace("description: edit", "description: \"\\e[31m\\n\" #"));
        scene.reload();
        scene.editAndAwait();
        scene.traffic().awaitWell(scene.edit());
        FaultChecks.require(
                scene.host.daemon().log().chars().noneMatch(c -> c < ' ' && c != '\n'),
                "the log has control characters");
        rename(scene, ODD, "eth0");
    }
}
