package io.secgroupd.daemon.judges;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.judges.OpeningPackets.OpeningPacket;
import io.secgroupd.daemon.testkit.Cable;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.PassedPackets;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A host between two cables, whose kernel notes which packets have passed a hook, and lets nobody have them. Addresses are its
 * own, or those of guests behind it.
 */
final class AskedHost implements AutoCloseable {

    final NetworkNamespace host;
    final PassedPackets passed;
    private final NetworkNamespace wire;
    private final List<IpAddress> addresses;
    private final Cable front;
    private final Cable back;

    AskedHost(String label, Hook hook, List<IpAddress> addresses) {
        this.addresses = List.copyOf(addresses);
        host = NetworkNamespace.create(label);
        wire = NetworkNamespace.create(label + "-wire");
        host.connect(wire, "eth0", "front");
        host.connect(wire, "eth1", "back");
        for (String card : List.of("all", "eth0", "eth1")) {
            host.sysctl("net/ipv4/conf/" + card + "/rp_filter", "0");
        }
        if (hook == Hook.INPUT) {
            each(address -> "addr add " + address + length(address) + " dev eth0");
        } else {
            host.sysctl("net/ipv4/ip_forward", "1");
            host.sysctl("net/ipv6/conf/all/forwarding", "1");
            each(address -> "route add " + address + length(address) + " dev eth1");
            host.ip("route add 0.0.0.0/0 dev eth0", "route add ::/0 dev eth0");
        }
        front = Cable.between(wire, "front", host, "eth0");
        back = Cable.between(wire, "back", host, "eth1");
        passed = PassedPackets.of(host, hook, PassedPackets.Then.DROP, List.of());
    }

    private void each(Function<IpAddress, String> command) {
        host.ip(addresses.stream().map(command).toArray(String[]::new));
    }

    private static String length(IpAddress address) {
        return address.family() == Family.IPV4 ? "/32" : "/128";
    }

    /** Puts a packet onto the cable from which its destination is not. */
    void send(int number, OpeningPacket packet) {
        Cable cable = addresses.contains(packet.flow().destination()) ? front : back;
        cable.sendFrom(PassedPackets.card(number), packet.bytes());
    }

    void awaitArrival(int count) {
        await("arrival of " + count + " at " + host.name()).until(passed::arrivals, now -> now == count);
    }

    /** The numbers of those that have passed since this was asked before. */
    BitSet passedNumbers() {
        BitSet numbers = passed.numbers();
        passed.forget();
        return numbers;
    }

    @Override
    public void close() {
        Stream.of(front, back).forEach(Cable::close);
        Stream.of(host, wire).forEach(NetworkNamespace::close);
    }
}
