package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.net.Direction;
import java.util.List;

/** Writes single rules, each with its id and exactly one peer. */
final class RuleXml {

    private final AwsAccount account;

    RuleXml(AwsAccount account) {
        this.account = account;
    }

    /** Writes {@code securityGroupRuleSet}. */
    void writeAll(Xml xml, List<ShownRule> rules) {
        xml.list("securityGroupRuleSet", "item", rules, this::write);
    }

    private void write(Xml xml, ShownRule rule) {
        xml.text("securityGroupRuleId", rule.id());
        xml.text("groupId", rule.of().group());
        xml.text("groupOwnerId", account.id());
        terms(xml, rule);
        peer(xml, ShownPeer.of(rule.key().peer()));
        description(xml, rule);
        TagsXml.write(xml, rule.of().tags());
        xml.text("securityGroupRuleArn", account.arn("ec2", "security-group-rule/" + rule.id()));
    }

    /** Writes {@code revokedSecurityGroupRuleSet}, in which a group is not a structure. */
    void writeRevoked(Xml xml, List<ShownRule> rules) {
        xml.list("revokedSecurityGroupRuleSet", "item", rules, (item, rule) -> {
            item.text("securityGroupRuleId", rule.id());
            item.text("groupId", rule.of().group());
            terms(item, rule);
            ShownPeer peer = ShownPeer.of(rule.key().peer());
            item.text(elementName(peer.kind()), peer.text());
            description(item, rule);
        });
    }

    private static void terms(Xml xml, ShownRule rule) {
        xml.bool("isEgress", rule.direction() == Direction.EGRESS);
        ShownService.of(rule.key()).writeWithPorts(xml);
    }

    private static void description(Xml xml, ShownRule rule) {
        if (!rule.of().description().isEmpty()) {
            xml.text("description", rule.of().description());
        }
    }

    private void peer(Xml xml, ShownPeer peer) {
        if (peer.kind() == ShownPeer.PeerKind.GROUP) {
            xml.element("referencedGroupInfo", info -> {
                info.text("groupId", peer.text());
                info.text("userId", account.id());
            });
        } else {
            xml.text(elementName(peer.kind()), peer.text());
        }
    }

    private static String elementName(ShownPeer.PeerKind kind) {
        return switch (kind) {
            case CIDR4 -> "cidrIpv4";
            case CIDR6 -> "cidrIpv6";
            case LIST -> "prefixListId";
            case GROUP -> "referencedGroupId";
        };
    }
}
