package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.RemoveRule;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.List;

/** Takes rules away from a group, all of a request or none. A revocation that finds nothing never looks like a success. */
final class RevokeRules {

    private RevokeRules() {}

    static void addTo(Catalog catalog) {
        catalog.writes(
                        "RevokeSecurityGroupIngress",
                        call -> plan(call, GroupDirectory.of(call).named(call), Direction.INGRESS))
                .writes(
                        "RevokeSecurityGroupEgress",
                        call -> plan(
                                call,
                                GroupDirectory.of(call).byId(call.parameters().required("GroupId")),
                                Direction.EGRESS));
    }

    private static OperationPlan plan(OperationCall call, SecurityGroup group, Direction direction) {
        List<ShownRule> rules = named(call, group, direction);
        List<IntendedChange> changes = rules.stream()
                .<IntendedChange>map(rule -> new RemoveRule(group.id(), direction, rule.key()))
                .toList();
        return new OperationPlan(changes, List.of(group.id()), (after, xml) -> {
            xml.bool("return", true);
            xml.texts("unknownIpPermissionSet", "item", List.of());
            new RuleXml(call.account()).writeRevoked(xml, rules);
        });
    }

    private static List<ShownRule> named(OperationCall call, SecurityGroup group, Direction direction) {
        GroupRules rules = GroupRules.of(group, direction);
        List<String> ids = call.parameters().texts("SecurityGroupRuleId");
        if (ids.isEmpty()) {
            return byContent(call, group, rules);
        }
        if (PermissionParameters.isIn(call.parameters())) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidParameterCombination",
                    "The parameters SecurityGroupRuleId and IpPermissions may not be used together."));
        }
        return ids.stream().map(rules::byId).distinct().toList();
    }

    /** A rule may name a group that is gone, so that the rule can be taken away. */
    private static List<ShownRule> byContent(OperationCall call, SecurityGroup group, GroupRules rules) {
        var peers = new PeerParameters(GroupDirectory.of(call), id -> GroupUses.names(group, new Peer.Group(id)));
        return new PermissionParameters(peers)
                .read(call.parameters()).stream()
                        .map(rule -> rules.find(rule.key()).orElseThrow(RevokeRules::notFound))
                        .toList();
    }

    /** The error for a rule that the group does not have. */
    static AwsRefusal notFound() {
        return new AwsRefusal(
                AwsError.of("InvalidPermission.NotFound", "The specified rule does not exist in this security group."));
    }
}
