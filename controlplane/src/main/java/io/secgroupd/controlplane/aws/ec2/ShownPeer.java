package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Prefix;

/**
 * A peer as answers show it.
 *
 * @param kind which of the four kinds of AWS it is
 * @param text a prefix with its length, or an id
 */
record ShownPeer(PeerKind kind, String text) {

    /** The kinds of peers. */
    enum PeerKind {
        CIDR4("CidrIpv4", "IPv4 CIDR"),
        CIDR6("CidrIpv6", "IPv6 CIDR"),
        LIST("PrefixListId", "prefix list"),
        GROUP("ReferencedGroupId", "security group");

        private final String parameter;
        private final String words;

        PeerKind(String parameter, String words) {
            this.parameter = parameter;
            this.words = words;
        }

        /** The name of the parameter by which a rule is given such a peer. */
        String parameter() {
            return parameter;
        }

        /** The kind in words for people. */
        String words() {
            return words;
        }
    }

    /** @param peer a part as {@link io.secgroupd.controlplane.edit.change.Peers} shows it */
    static ShownPeer of(Peer peer) {
        if (peer instanceof Peer.Group group) {
            return new ShownPeer(PeerKind.GROUP, group.id());
        }
        if (peer instanceof Peer.List list) {
            return new ShownPeer(PeerKind.LIST, list.id());
        }
        Prefix prefix = ((Peer.Addresses) peer)
                .range()
                .asPrefix()
                .orElseThrow(() -> new IllegalArgumentException(peer + " is not one prefix"));
        PeerKind kind = prefix.address().family() == Family.IPV4 ? PeerKind.CIDR4 : PeerKind.CIDR6;
        return new ShownPeer(kind, prefix.toString());
    }
}
