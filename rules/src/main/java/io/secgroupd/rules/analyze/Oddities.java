package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds addresses, protocols and ports that are valid as written, but probably do not mean what the operator meant. */
final class Oddities {

    /** The networks that container engines and hypervisors give to a bridge of every host by default. */
    private static final Map<IpAddress, String> BRIDGES = Map.of(
            IpAddress.ipv4(0xac11_0001), "docker0",
            IpAddress.ipv4(0xc0a8_7a01), "virbr0");

    private static final PortRange PORT_0 = new PortRange(0, 0);

    /** IPv6 headers that stand before a protocol (RFC 8200, RFC 4302). In IPv4 these numbers are protocols like others. */
    private static final Set<Integer> BEFORE_PROTOCOL = Set.of(0, 43, 44, 51, 60);

    /** IPv6 headers behind which nobody can tell what the packet is (HIP, Shim6, and two for experiments). */
    private static final Set<Integer> UNREADABLE = Set.of(139, 140, 253, 254);

    private Oddities() {}

    /** Says why a rule can match nothing that anybody would intend. */
    static Optional<String> reason(Rule rule) {
        if (rule.protocol().hasPorts() && rule.ports().equals(PORT_0)) {
            return Optional.of(rule.terms() + " is port 0 alone, which no service has; write all for every port");
        }
        Optional<String> why = rule.peer() instanceof Peer.Addresses peer
                ? odd(rule.protocol(), peer.range().family()).or(() -> odd(peer.range(), rule.direction()))
                : Optional.empty();
        return why.isPresent() ? Optional.of(rule.terms() + why.get()) : why;
    }

    private static Optional<String> odd(Protocol protocol, Family family) {
        if (family == Family.IPV6 && BEFORE_PROTOCOL.contains(protocol.number())) {
            return Optional.of(
                    " matches nothing: in IPv6 this is a header before the protocol; write the protocol behind it");
        }
        return family == Family.IPV6 && UNREADABLE.contains(protocol.number())
                ? Optional.of(
                        " matches nothing: nobody can read what stands behind this header of IPv6; remove the rule")
                : Optional.empty();
    }

    private static Optional<String> odd(AddressRange range, Direction direction) {
        IpAddress first = range.first();
        IpAddress last = range.last();
        if (first.equals(last) && first.equals(IpAddress.lowest(first.family()))) {
            return Optional.of(" names one address that no host has; write any for everybody");
        }
        if (first.isLoopback() && last.isLoopback()) {
            return Optional.of(
                    " matches nothing: loopback packets are never judged; write the address that others see");
        }
        return direction == Direction.INGRESS && first.isForMany() && last.isForMany()
                ? Optional.of(
                        " matches nothing: no packet comes from a multicast or broadcast address; write the sender's address")
                : Optional.empty();
    }

    /** Says what is odd about the addresses of an instance. */
    static Stream<String> of(Instance instance) {
        return instance.addresses().stream().flatMap(address -> odd(address).stream());
    }

    private static Optional<String> odd(IpAddress address) {
        if (address.isLoopback()) {
            return Optional.of(address + " is an address of every host; no packet is judged by it, so remove it");
        }
        if (address.isForMany() || address.equals(IpAddress.lowest(address.family()))) {
            return Optional.of(address + " is not the address of a host; remove it");
        }
        return Optional.ofNullable(BRIDGES.get(address))
                .map(bridge -> address + " is an address that many hosts have on " + bridge
                        + "; it does not tell this instance from others, so remove it");
    }
}
