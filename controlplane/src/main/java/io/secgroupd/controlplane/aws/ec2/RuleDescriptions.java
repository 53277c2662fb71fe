package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.ec2.PermissionParameters.AskedRule;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.ReplaceRule;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says something else about rules, and leaves all the rest of them as it is. */
final class RuleDescriptions {

    private RuleDescriptions() {}

    static void addTo(Catalog catalog) {
        catalog.writes(
                        "UpdateSecurityGroupRuleDescriptionsIngress",
                        call -> plan(call, GroupDirectory.of(call).named(call), Direction.INGRESS))
                .writes(
                        "UpdateSecurityGroupRuleDescriptionsEgress",
                        call -> plan(call, GroupDirectory.of(call).named(call), Direction.EGRESS));
    }

    private static OperationPlan plan(OperationCall call, SecurityGroup group, Direction direction) {
        List<Parameters> byId = call.parameters().list("SecurityGroupRuleDescription");
        boolean byContent = PermissionParameters.isIn(call.parameters());
        if (!byId.isEmpty() && byContent) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidParameterCombination",
                    "The parameters IpPermissions and SecurityGroupRuleDescription may not be used together."));
        }
        if (byId.isEmpty() && !byContent) {
            throw call.parameters().missing("IpPermissions");
        }
        GroupRules rules = GroupRules.of(group, direction);
        List<IntendedChange> changes = byContent ? byContent(call, group, rules) : byId(byId, group, rules);
        return new OperationPlan(changes, List.of(group.id()), (after, xml) -> xml.bool("return", true));
    }

    private static List<IntendedChange> byId(List<Parameters> asked, SecurityGroup group, GroupRules rules) {
        var changes = new ArrayList<IntendedChange>();
        for (Parameters one : asked) {
            ShownRule rule = rules.byId(one.required("SecurityGroupRuleId"));
            String description = one.text("Description").orElse("");
            RuleDescription.require(description);
            changes.add(described(group, rule, description));
        }
        return changes;
    }

    private static List<IntendedChange> byContent(OperationCall call, SecurityGroup group, GroupRules rules) {
        var peers = new PeerParameters(GroupDirectory.of(call), id -> GroupUses.names(group, new Peer.Group(id)));
        var changes = new ArrayList<IntendedChange>();
        for (AskedRule asked : new PermissionParameters(peers).read(call.parameters())) {
            ShownRule rule = rules.find(asked.key()).orElseThrow(RevokeRules::notFound);
            changes.add(described(group, rule, asked.description()));
        }
        return changes;
    }

    private static IntendedChange described(SecurityGroup group, ShownRule rule, String description) {
        var terms = new RuleSpec(
                rule.key(), description, rule.of().tags(), rule.of().expires(), Optional.empty());
        return new ReplaceRule(group.id(), rule.direction(), rule.key(), rule.id(), terms);
    }
}
