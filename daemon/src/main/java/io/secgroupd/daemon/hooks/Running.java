package io.secgroupd.daemon.hooks;

import java.util.List;

/**
 * Matches the packets of a connection that the kernel knows, except those that open one. A SYN that meets the entry of an
 * earlier connection, which the server reset or which was never closed, is ESTABLISHED for the kernel, so a peer that was
 * allowed once could open new connections after the rule is gone. An INIT does the same to an association of SCTP. For
 * protocols without a handshake, the entry is the connection as long as it lives.
 *
 * <p>The state is matched first, because iptables drops a packet whose header is too short to match its flags.
 */
enum Running implements Match {
    TCP(
            "-p tcp -m conntrack --ctstate ESTABLISHED -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN",
            "tcp flags & (fin | syn | rst | ack) != syn ct state established"),
    /** The chunk's type follows the common header of 12 bytes; the kernel accepts an INIT only as the single chunk. */
    SCTP(
            "-p sctp -m conntrack --ctstate ESTABLISHED -m sctp ! --chunk-types any INIT",
            "meta l4proto sctp @th,96,8 != 1 ct state established"),
    /** Protocol 132 is SCTP. */
    OTHERS(
            "! -p tcp -m conntrack --ctstate ESTABLISHED ! --ctproto 132",
            "meta l4proto != { tcp, sctp } ct state established");

    private final String iptables;
    private final String nft;

    Running(String iptables, String nft) {
        this.iptables = iptables;
        this.nft = nft;
    }

    @Override
    public List<String> iptables() {
        return List.of(iptables);
    }

    @Override
    public String nft() {
        return nft;
    }
}
