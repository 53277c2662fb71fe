package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the peers of permissions.
 *
 * @param known tells which groups may be named although they do not exist: rules of the file may be left over from them
 */
record PeerParameters(GroupDirectory groups, Predicate<String> known) {

    /** A peer with what is said about it; the description is empty when there is none. */
    record DescribedPeer(Peer peer, String description) {}

    /** The peers of a permission, in the order in which AWS lists the kinds. */
    List<DescribedPeer> read(Parameters permission) {
        var peers = new ArrayList<DescribedPeer>();
        for (Parameters range : permission.list("IpRanges")) {
            peers.add(described(range, cidr(range.required("CidrIp"), Family.IPV4)));
        }
        for (Parameters range : permission.list("Ipv6Ranges")) {
            peers.add(described(range, cidr(range.required("CidrIpv6"), Family.IPV6)));
        }
        for (Parameters list : permission.list("PrefixListIds")) {
            peers.add(described(list, list(list.required("PrefixListId"))));
        }
        for (Parameters group : permission.list("Groups")) {
            peers.add(described(group, group(group)));
        }
        return peers;
    }

    static Peer cidr(String text, Family family) {
        return new Peer.Addresses(Cidr.read(text, family));
    }

    /** A prefix list that exists. */
    Peer list(String id) {
        if (!id.startsWith("pl-")) {
            throw new AwsRefusal(
                    AwsError.of("InvalidPrefixListID.Malformed", "The prefix list ID '" + id + "' is malformed"));
        }
        if (!groups.policy().prefixLists().containsKey(id)) {
            throw new AwsRefusal(
                    AwsError.of("InvalidPrefixListID.NotFound", "The prefix list ID '" + id + "' does not exist"));
        }
        return new Peer.List(id);
    }

    /** A group that exists. */
    Peer group(String id) {
        return new Peer.Group(known.test(id) ? id : groups.byId(id).id());
    }

    private Peer group(Parameters group) {
        for (String foreign : List.of("VpcPeeringConnectionId", "PeeringStatus")) {
            if (group.has(foreign)) {
                throw new AwsRefusal(AwsError.of(
                        "UnsupportedOperation", "The parameter " + group.path(foreign) + " is not supported."));
            }
        }
        group.text("VpcId").ifPresent(groups::requireVpc);
        Optional<String> id = group.text("GroupId");
        Optional<String> name = group.text("GroupName");
        requireOwnAccount(group.text("UserId"), id.or(() -> name).orElse(""));
        return id.map(this::group)
                .or(() -> name.map(one -> new Peer.Group(groups.byName(one).id())))
                .orElseThrow(() -> group.missing("GroupId"));
    }

    /** There is only one account, so no other has a group. */
    void requireOwnAccount(Optional<String> account, String group) {
        if (account.isPresent() && !account.get().equals(groups.account().id())) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidGroup.NotFound",
                    "The security group '" + account.get() + "/" + group + "' does not exist"));
        }
    }

    private static DescribedPeer described(Parameters peer, Peer value) {
        String description = peer.text("Description").orElse("");
        RuleDescription.require(description);
        return new DescribedPeer(value, description);
    }
}
