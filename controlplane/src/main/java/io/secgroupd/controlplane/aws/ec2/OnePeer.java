package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.ec2.ShownPeer.PeerKind;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Family;
import java.util.Arrays;
import java.util.List;

/** Reads the one peer of a rule that is modified. It has to be of the same kind as before. */
final class OnePeer {

    private OnePeer() {}

    static Peer read(Parameters terms, ShownRule rule, PeerParameters peers) {
        List<PeerKind> given = Arrays.stream(PeerKind.values())
                .filter(kind -> terms.has(kind.parameter()))
                .toList();
        if (given.isEmpty()) {
            throw terms.missing(PeerKind.CIDR4.parameter());
        }
        if (given.size() > 1) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidParameterCombination",
                    "Only one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId may be given."));
        }
        PeerKind before = ShownPeer.of(rule.key().peer()).kind();
        PeerKind kind = given.get(0);
        if (kind != before) {
            throw new AwsRefusal(AwsError.invalid("Invalid rule type for security group rule '" + rule.id()
                    + "'. You may not specify " + kind.parameter() + " for an existing " + before.words() + " rule."));
        }
        String text = terms.required(kind.parameter());
        return switch (kind) {
            case CIDR4 -> PeerParameters.cidr(text, Family.IPV4);
            case CIDR6 -> PeerParameters.cidr(text, Family.IPV6);
            case LIST -> peers.list(text);
            case GROUP -> peers.group(text);
        };
    }
}
