package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.ReplaceRule;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives rules other terms. Their ids, directions and tags stay; all that can be said about them is said anew. */
final class ModifyRules {

    private ModifyRules() {}

    static void addTo(Catalog catalog) {
        catalog.writes("ModifySecurityGroupRules", ModifyRules::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        SecurityGroup group = GroupDirectory.of(call).byId(call.parameters().required("GroupId"));
        List<Parameters> asked = call.parameters().list("SecurityGroupRule");
        if (asked.isEmpty()) {
            throw call.parameters().missing("SecurityGroupRule");
        }
        var inbound = new Keys(GroupRules.of(group, Direction.INGRESS));
        var outbound = new Keys(GroupRules.of(group, Direction.EGRESS));
        var changes = new ArrayList<IntendedChange>();
        var ids = new HashSet<String>();
        for (Parameters one : asked) {
            ShownRule rule = rule(group, one.required("SecurityGroupRuleId"));
            if (!ids.add(rule.id())) {
                throw new AwsRefusal(AwsError.invalid("The rule '" + rule.id() + "' is given more than once."));
            }
            RuleSpec terms = terms(call, one, rule);
            (rule.direction() == Direction.INGRESS ? inbound : outbound).replace(rule.key(), terms.key());
            changes.add(new ReplaceRule(group.id(), rule.direction(), rule.key(), rule.id(), terms));
        }
        return new OperationPlan(changes, List.of(group.id()), (after, xml) -> xml.bool("return", true));
    }

    private static ShownRule rule(SecurityGroup group, String id) {
        GroupRules.requireWellFormed(id);
        return GroupRules.all(group)
                .filter(rule -> GroupRules.isCalled(rule, id))
                .findFirst()
                .orElseThrow(() -> GroupRules.notFound(id));
    }

    private static RuleSpec terms(OperationCall call, Parameters one, ShownRule rule) {
        Parameters terms = one.structure("SecurityGroupRule").orElseThrow(() -> one.missing("SecurityGroupRule"));
        ServiceTerms service = ServiceTerms.read(terms);
        requireNoPorts(terms, service.protocol());
        String description = terms.text("Description").orElse("");
        RuleDescription.require(description);
        var peers = new PeerParameters(GroupDirectory.of(call), id -> false);
        RuleKey key = PermissionParameters.key(service, OnePeer.read(terms, rule, peers));
        return new RuleSpec(key, description, rule.of().tags(), rule.of().expires(), Optional.empty());
    }

    /** With all protocols AWS refuses ports here, where it only drops them elsewhere. */
    private static void requireNoPorts(Parameters terms, Protocol protocol) {
        if (protocol.equals(Protocol.ALL)
                && (terms.integer("FromPort").orElse(-1) != -1
                        || terms.integer("ToPort").orElse(-1) != -1)) {
            throw new AwsRefusal(
                    AwsError.invalid("Invalid value for portRange. Ports may not be given with protocol -1."));
        }
    }

    /** The rules of one direction while they are replaced one by one: two must never be the same. */
    private static final class Keys {
        private final Set<RuleKey> keys;

        Keys(GroupRules rules) {
            keys = rules.stream().map(ShownRule::key).collect(Collectors.toCollection(HashSet::new));
        }

        void replace(RuleKey before, RuleKey after) {
            keys.remove(before);
            if (!keys.add(after)) {
                throw AuthorizeRules.duplicate(after);
            }
        }
    }
}
