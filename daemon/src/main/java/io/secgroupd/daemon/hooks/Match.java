package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of a step, in the syntax of both backends.
 *
 * @param iptables the condition as iptables spells it when it prints a rule; if there are several texts, each becomes a rule
 * @param nft the condition as nft spells it
 * @param detail the part that an operator can set; it becomes part of a comment, as that of {@link Action} does
 */
record Match(List<String> iptables, String nft, String detail) {

    /**
     * Matches the packets of a connection that the kernel knows, except those that open one. A SYN that meets the entry of
     * an earlier connection, which the server reset or which was never closed, is ESTABLISHED for the kernel, so a peer that
     * was allowed once could open new connections after the rule is gone. An INIT does the same to an association of SCTP:
     * its chunk's type follows the common header of 12 bytes, and the kernel accepts an INIT only as the single chunk. For
     * protocols without a handshake, the entry is the connection as long as it lives.
     *
     * <p>The state is matched first, because iptables drops a packet whose header is too short to match its flags.
     */
    static final List<Match> RUNNING = List.of(
            of(
                    "-p tcp -m conntrack --ctstate ESTABLISHED -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN",
                    "tcp flags & (fin | syn | rst | ack) != syn ct state established"),
            of(
                    "-p sctp -m conntrack --ctstate ESTABLISHED -m sctp ! --chunk-types any INIT",
                    "meta l4proto sctp @th,96,8 != 1 ct state established"),
            of(
                    "! -p tcp -m conntrack --ctstate ESTABLISHED ! --ctproto 132", // 132 is SCTP
                    "meta l4proto != { tcp, sctp } ct state established"));

    static final Match RELATED = of("-m conntrack --ctstate RELATED", "ct state related");
    /** The packet is an error about one that has not passed all chains: the stack answers some packets before INPUT. */
    static final Match RELATED_UNCONFIRMED =
            of("-m conntrack --ctstate RELATED ! --ctstatus CONFIRMED", "ct state related ct status & confirmed == 0");

    static final Match ESTABLISHED = of("-m conntrack --ctstate ESTABLISHED", "ct state established");
    static final Match INVALID = of("-m conntrack --ctstate INVALID", "ct state invalid");
    static final Match UNTRACKED = of("-m conntrack --ctstate UNTRACKED", "ct state untracked");
    static final Match PORT_UNREACHABLE_6 =
            of("-p ipv6-icmp -m icmp6 --icmpv6-type 1/4", "icmpv6 type 1 icmpv6 code 4");

    static final Match RESET = of("-p tcp -m tcp --tcp-flags SYN,RST RST", "tcp flags & (syn | rst) == rst");
    /** Communication administratively prohibited. */
    static final Match PROHIBITED = of("-p icmp -m icmp --icmp-type 3/13", "icmp type 3 icmp code 13");

    static final Match PROHIBITED_6 = of("-p ipv6-icmp -m icmp6 --icmpv6-type 1/1", "icmpv6 type 1 icmpv6 code 1");
    /** The daemon itself has sent the packet, or somebody else who may mark packets. */
    static final Match ANSWER = packetMark(SkeletonSettings.ANSWER_MARK);

    private static Match packetMark(int mark) {
        String hex = "0x" + Integer.toHexString(mark);
        return of("-m mark --mark " + hex, "meta mark " + hex);
    }

    private static Match of(String iptables, String nft) {
        return new Match(List.of(iptables), nft, "");
    }

    static Match loopback(Hook hook) {
        return hook == Hook.OUTPUT ? of("-o lo", "oifname lo") : of("-i lo", "iifname lo");
    }

    static Match source(List<String> prefixes6) {
        List<String> iptables = prefixes6.stream().map(prefix -> "-s " + prefix).toList();
        return new Match(iptables, "ip6 saddr " + oneOf(prefixes6), "");
    }

    static Match destination(Family family, String prefix) {
        return of("-d " + prefix, (family == Family.IPV4 ? "ip daddr " : "ip6 daddr ") + prefix);
    }

    static Match udp(int sourcePort, int destinationPort) {
        return of(
                "-p udp -m udp --sport " + sourcePort + " --dport " + destinationPort,
                "udp sport " + sourcePort + " udp dport " + destinationPort);
    }

    /** The packet was sent by a socket of root or of a system account: no ordinary user has a number below 1000. */
    static Match systemAccount() {
        return of("-m owner --uid-owner " + SystemAccounts.RANGE, "meta skuid " + SystemAccounts.RANGE);
    }

    static Match icmpTypes(Family family, List<Integer> types) {
        boolean v4 = family == Family.IPV4;
        String words = v4 ? "-p icmp -m icmp --icmp-type " : "-p ipv6-icmp -m icmp6 --icmpv6-type ";
        List<String> numbers = types.stream().map(String::valueOf).toList();
        List<String> iptables = numbers.stream().map(words::concat).toList();
        return new Match(iptables, (v4 ? "icmp" : "icmpv6") + " type " + oneOf(numbers), "");
    }

    private static String oneOf(List<String> values) {
        return values.size() == 1 ? values.get(0) : values.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }

    static Match hopLimit(int hops) {
        return of("-m hl --hl-eq " + hops, "ip6 hoplimit " + hops);
    }

    /** The packet is an error about a datagram between these ports. */
    static Match aboutUdp(int sourcePort, int destinationPort) {
        return of(
                "-m conntrack --ctstate RELATED --ctproto 17 --ctorigsrcport " + sourcePort + " --ctorigdstport "
                        + destinationPort,
                "ct state related ct protocol 17 ct original proto-src " + sourcePort + " ct original proto-dst "
                        + destinationPort);
    }

    /** The connection carries the bit in its mark, or lacks it. */
    static Match mark(int bit, boolean carried) {
        String hex = "0x" + Integer.toHexString(bit);
        return new Match(
                List.of("-m connmark " + (carried ? "" : "! ") + "--mark " + hex + "/" + hex),
                "ct mark & " + hex + (carried ? " != 0" : " == 0"),
                (carried ? " (mark " : " (without mark ") + hex + ")");
    }
}
