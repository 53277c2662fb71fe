package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;

import io.secgroupd.daemon.testkit.NetworkNamespace;

/** A guest, as a container or a virtual machine, behind a judged host that routes for it. */
final class GuestNetwork implements AutoCloseable {

    static final String GUEST_4 = "10.0.9.2";
    static final String GUEST_6 = "2001:db8:9::2";

    final NetworkNamespace guest = NetworkNamespace.create("guest");

    private GuestNetwork() {}

    static GuestNetwork behind(JudgedHost host) {
        var network = new GuestNetwork();
        NetworkNamespace guest = network.guest;
        host.server.sysctl("net/ipv4/ip_forward", "1");
        host.server.sysctl("net/ipv6/conf/all/forwarding", "1");
        guest.connect(host.server, "eth0", "guest0");
        host.server.address("guest0", "10.0.9.1/24");
        host.server.address("guest0", "2001:db8:9::1/64");
        guest.address("eth0", GUEST_4 + "/24");
        guest.address("eth0", GUEST_6 + "/64");
        guest.ip("route add default via 10.0.9.1", "route add default via 2001:db8:9::1");
        host.network
                .router()
                .ip(
                        "route add 10.0.9.0/24 via " + SERVER_4 + " dev port2 onlink",
                        "route add " + GUEST_6 + "/128 via " + SERVER_6 + " dev port2 onlink");
        return network;
    }

    static String guest(int family) {
        return family == 4 ? GUEST_4 : GUEST_6;
    }

    @Override
    public void close() {
        guest.close();
    }
}
