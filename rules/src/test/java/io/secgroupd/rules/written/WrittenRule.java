package io.secgroupd.rules.written;

import io.secgroupd.rules.net.FlowTuple;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An entry of {@code inbound} or {@code outbound}.
 *
 * @param protocol its number; -1 for all
 * @param ports    as they are written: numbers, ranges or {@code all}; empty where the protocol has none
 * @param type     of ICMP; -1 for any
 * @param code     of ICMP; -1 for any
 * @param name     its description
 */
public record WrittenRule(
        String group, int protocol, List<String> ports, int type, int code, List<WrittenPeer> peers, String name) {

    private static final Pattern DASH = Pattern.compile("-");
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final String WIDEST_PORTS = "0-65535";

    /** The ports as ranges of two numbers, such as {@code 443-443}. */
    public List<String> portRanges() {
        return ports.stream()
                .map(text -> text.equals("all") ? WIDEST_PORTS : text.contains("-") ? text : text + "-" + text)
                .toList();
    }

    /** Whether the protocol is one of IPv4, which has no ICMPv6. */
    public boolean existsInIpv4() {
        return protocol != ICMPV6;
    }

    /** Whether the protocol is one of IPv6, which has no ICMP. */
    public boolean existsInIpv6() {
        return protocol != ICMP;
    }

    /** @param peer the bits of the other end */
    boolean matches(FlowTuple flow, String peer) {
        return matchesService(flow, peer.length() == 32) && peers.stream().anyMatch(one -> one.holds(peer));
    }

    private boolean matchesService(FlowTuple flow, boolean ipv4) {
        if (protocol == -1) {
            return true;
        }
        if (protocol != flow.protocol() || !(ipv4 ? existsInIpv4() : existsInIpv6())) {
            return false;
        }
        if (protocol == ICMP || protocol == ICMPV6) {
            return (type == -1 || type == flow.icmpType()) && (code == -1 || code == flow.icmpCode());
        }
        return ports.isEmpty() || portRanges().stream().anyMatch(range -> isWithin(range, flow.destinationPort()));
    }

    private static boolean isWithin(String range, int port) {
        String[] ends = DASH.split(range);
        return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[1]);
    }
}
