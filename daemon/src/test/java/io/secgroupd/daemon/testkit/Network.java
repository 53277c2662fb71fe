package io.secgroupd.daemon.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hosts around one router. Every host has an interface {@code eth0} with its addresses and a default route; the addresses may
 * be any.
 */
public final class Network implements AutoCloseable {

    /** The same on every cable of the router: a host needs no subnet in common with it. */
    private static final String GATEWAY_4 = "169.254.0.1";

    private static final String GATEWAY_6 = "fe80::1";

    /** A host of rules/examples/scenario.yaml: the client, which is no instance. */
    public static final String CLIENT = "client";

    public static final String APP_1 = "app-1";
    public static final String ORDERS_1 = "orders-1";
    public static final String ORDERS_2 = "orders-2";

    private final NetworkNamespace router = NetworkNamespace.create("router");
    private final Map<String, NetworkNamespace> hosts = new LinkedHashMap<>();

    /** A router without hosts. */
    public Network() {
        router.sysctl("net/ipv4/ip_forward", "1");
        router.sysctl("net/ipv6/conf/all/forwarding", "1");
    }

    /** The network of rules/examples/scenario.yaml: a client outside, an application, two databases. */
    public static Network ofTheScenario() {
        Network network = new Network();
        network.addHost(CLIENT, "198.51.100.7", "2001:db8:ffff::7");
        network.addHost(APP_1, "10.0.1.10", "2001:db8:1::10");
        network.addHost(ORDERS_1, "10.0.2.10", "2001:db8:2::10");
        network.addHost(ORDERS_2, "10.0.2.11", "2001:db8:2::11");
        return network;
    }

    public NetworkNamespace addHost(String name, String address4, String address6) {
        NetworkNamespace host = NetworkNamespace.create(name);
        hosts.put(name, host);
        String cable = "port" + hosts.size();
        host.connect(router, "eth0", cable);
        router.ip(
                "addr add " + GATEWAY_4 + "/32 dev " + cable,
                "addr add " + GATEWAY_6 + "/64 dev " + cable + " nodad",
                "route add " + address4 + "/32 dev " + cable,
                "route add " + address6 + "/128 dev " + cable);
        host.ip(
                "addr add " + address4 + "/32 dev eth0",
                "addr add " + address6 + "/128 dev eth0 nodad",
                "route add default via " + GATEWAY_4 + " dev eth0 onlink",
                "route add default via " + GATEWAY_6 + " dev eth0");
        return host;
    }

    public NetworkNamespace router() {
        return router;
    }

    public NetworkNamespace host(String name) {
        NetworkNamespace host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no host " + name + " among " + hosts.keySet());
        }
        return host;
    }

    @Override
    public void close() {
        List<NetworkNamespace> all = new ArrayList<>(hosts.values());
        all.add(router);
        all.forEach(NetworkNamespace::close);
    }
}
