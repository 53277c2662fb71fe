package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.ec2.PeerParameters.DescribedPeer;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the permissions of a request, in the form {@code IpPermissions} or in the old flat one, as single rules. */
final class PermissionParameters {

    private static final List<String> FLAT = List.of(
            "IpProtocol", "FromPort", "ToPort", "CidrIp", "SourceSecurityGroupName", "SourceSecurityGroupOwnerId");

    private final PeerParameters peers;

    PermissionParameters(PeerParameters peers) {
        this.peers = peers;
    }

    /**
     * A rule that a request names.
     *
     * @param description empty when the request has none
     */
    record AskedRule(RuleKey key, String description) {}

    /** Reports whether a request holds permissions of either form. */
    static boolean isIn(Parameters request) {
        return request.has("IpPermissions") || FLAT.stream().anyMatch(request::has);
    }

    /**
     * All rules of a request, in its order; one or more.
     *
     * @throws AwsRefusal when it holds none, or one of them twice, or is wrong otherwise
     */
    List<AskedRule> read(Parameters request) {
        boolean flat = FLAT.stream().anyMatch(request::has);
        if (flat && request.has("IpPermissions")) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidParameterCombination",
                    "The parameter IpPermissions may not be used with the parameters of a single permission."));
        }
        List<AskedRule> rules = flat ? flat(request) : structured(request);
        requireDistinct(rules);
        return rules;
    }

    private List<AskedRule> structured(Parameters request) {
        List<Parameters> permissions = request.list("IpPermissions");
        if (permissions.isEmpty()) {
            throw request.missing("IpPermissions");
        }
        var rules = new ArrayList<AskedRule>();
        for (Parameters permission : permissions) {
            ServiceTerms service = ServiceTerms.read(permission);
            List<DescribedPeer> all = peers.read(permission);
            if (all.isEmpty()) {
                throw permission.missing("IpRanges");
            }
            all.forEach(peer -> rules.add(new AskedRule(key(service, peer.peer()), peer.description())));
        }
        return rules;
    }

    private List<AskedRule> flat(Parameters request) {
        ServiceTerms service = ServiceTerms.read(request);
        Optional<String> group = request.text("SourceSecurityGroupName");
        peers.requireOwnAccount(request.text("SourceSecurityGroupOwnerId"), group.orElse(""));
        var rules = new ArrayList<AskedRule>();
        request.text("CidrIp")
                .map(text -> PeerParameters.cidr(text, Family.IPV4))
                .ifPresent(peer -> rules.add(new AskedRule(key(service, peer), "")));
        group.map(name -> new Peer.Group(peers.groups().byName(name).id()))
                .ifPresent(peer -> rules.add(new AskedRule(key(service, peer), "")));
        if (rules.isEmpty()) {
            throw request.missing("CidrIp");
        }
        return rules;
    }

    /** The rule's key. ICMP belongs to IPv4 and ICMPv6 to IPv6: a rule of the other family would never match. */
    static RuleKey key(ServiceTerms service, Peer peer) {
        if (peer instanceof Peer.Addresses addresses) {
            requireFamily(service.protocol(), addresses.range());
        }
        return new RuleKey(service.protocol(), service.ports(), service.icmp(), peer);
    }

    private static void requireFamily(Protocol protocol, AddressRange range) {
        if (!protocol.existsIn(range.family())) {
            throw new AwsRefusal(
                    AwsError.invalid("Invalid value '" + protocol + "' for IP protocol with the CIDR block " + range
                            + "; use " + (protocol.equals(Protocol.ICMP) ? "icmpv6" : "icmp") + "."));
        }
    }

    private static void requireDistinct(List<AskedRule> rules) {
        Set<RuleKey> seen = new LinkedHashSet<>();
        for (AskedRule rule : rules) {
            if (!seen.add(rule.key())) {
                throw new AwsRefusal(AwsError.invalid("The same permission must not appear multiple times"));
            }
        }
    }
}
