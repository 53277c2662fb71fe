package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.ShownPeer.PeerKind;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes groups as DescribeSecurityGroups shows them: rules of the same service are one permission with several peers. */
final class PermissionsXml {

    private final AwsAccount account;

    PermissionsXml(AwsAccount account) {
        this.account = account;
    }

    /** Writes what stands about a group within its element. */
    void write(Xml xml, SecurityGroup group) {
        xml.text("groupId", group.id());
        permissions(xml, "ipPermissionsEgress", group, Direction.EGRESS);
        TagsXml.write(xml, group.tags());
        xml.text("vpcId", account.vpc());
        xml.text("securityGroupArn", account.arn("ec2", "security-group/" + group.id()));
        xml.text("ownerId", account.id());
        xml.text("groupName", GroupDirectory.name(group));
        xml.text("groupDescription", GroupDirectory.description(group));
        permissions(xml, "ipPermissions", group, Direction.INGRESS);
    }

    private void permissions(Xml xml, String name, SecurityGroup group, Direction direction) {
        Map<ShownService, List<ShownRule>> byService = GroupRules.of(group, direction).stream()
                .collect(Collectors.groupingBy(
                        rule -> ShownService.of(rule.key()), LinkedHashMap::new, Collectors.toList()));
        xml.list(name, "item", byService.entrySet(), (item, permission) -> {
            permission.getKey().write(item);
            peers(item, permission.getValue());
        });
    }

    private void peers(Xml xml, List<ShownRule> rules) {
        list(xml, "groups", rules, PeerKind.GROUP, (item, id) -> {
            item.text("userId", account.id());
            item.text("groupId", id);
        });
        list(xml, "ipRanges", rules, PeerKind.CIDR4, (item, cidr) -> item.text("cidrIp", cidr));
        list(xml, "ipv6Ranges", rules, PeerKind.CIDR6, (item, cidr) -> item.text("cidrIpv6", cidr));
        list(xml, "prefixListIds", rules, PeerKind.LIST, (item, id) -> item.text("prefixListId", id));
    }

    private static void list(Xml xml, String name, List<ShownRule> rules, PeerKind kind, BiConsumer<Xml, String> peer) {
        Function<ShownRule, ShownPeer> shown = rule -> ShownPeer.of(rule.key().peer());
        var chosen = new ArrayList<ShownRule>(rules);
        chosen.removeIf(rule -> shown.apply(rule).kind() != kind);
        xml.list(name, "item", chosen, (item, rule) -> {
            peer.accept(item, shown.apply(rule).text());
            if (!rule.of().description().isEmpty()) {
                item.text("description", rule.of().description());
            }
        });
    }
}
