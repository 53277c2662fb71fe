package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.ec2.PermissionParameters.AskedRule;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddRules;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds rules to a group, all of a request or none. */
final class AuthorizeRules {

    private AuthorizeRules() {}

    static void addTo(Catalog catalog) {
        catalog.writes(
                        "AuthorizeSecurityGroupIngress",
                        call -> plan(call, GroupDirectory.of(call).named(call), Direction.INGRESS))
                .writes(
                        "AuthorizeSecurityGroupEgress",
                        call -> plan(
                                call,
                                GroupDirectory.of(call).byId(call.parameters().required("GroupId")),
                                Direction.EGRESS));
    }

    private static OperationPlan plan(OperationCall call, SecurityGroup group, Direction direction) {
        Map<String, String> tags = TagParameters.ofNew(call.parameters(), "security-group-rule");
        var peers = new PeerParameters(GroupDirectory.of(call), id -> false);
        List<AskedRule> asked = new PermissionParameters(peers).read(call.parameters());
        requireNew(asked, GroupRules.of(group, direction));
        requireRoom(call.policy(), group, asked.size(), direction);
        Set<String> taken = GroupRules.all(group).map(ShownRule::id).collect(Collectors.toSet());
        List<RuleSpec> rules = asked.stream()
                .map(rule -> new RuleSpec(
                        rule.key(),
                        rule.description(),
                        tags,
                        Optional.empty(),
                        pinned(call, group, direction, rule.key(), taken)))
                .toList();
        var change = new AddRules(group.id(), direction, rules);
        return OperationPlan.change(change, group.id(), (after, xml) -> {
            GroupRules now = GroupRules.of(GroupUses.require(after.policy(), group.id()), direction);
            xml.bool("return", true);
            new RuleXml(call.account())
                    .writeAll(
                            xml,
                            asked.stream()
                                    .flatMap(rule -> now.find(rule.key()).stream())
                                    .toList());
        });
    }

    /**
     * A random id for a rule whose own id belongs to another: one that had this content once, and has kept its id when it was
     * modified.
     */
    private static Optional<String> pinned(
            OperationCall call, SecurityGroup group, Direction direction, RuleKey key, Set<String> taken) {
        return taken.contains(RuleSpec.derivedId(group.id(), direction, key))
                ? Optional.of(call.ids().next("sgr-", taken::contains))
                : Optional.empty();
    }

    private static void requireNew(List<AskedRule> asked, GroupRules there) {
        for (AskedRule rule : asked) {
            if (there.find(rule.key()).isPresent()) {
                throw duplicate(rule.key());
            }
        }
    }

    /** The error for a rule that the group has already. */
    static AwsRefusal duplicate(RuleKey key) {
        return new AwsRefusal(AwsError.of(
                "InvalidPermission.Duplicate",
                "the specified rule \"peer: " + ShownPeer.of(key.peer()).text() + ", " + service(key)
                        + ", ALLOW\" already exists"));
    }

    private static String service(RuleKey key) {
        ShownService shown = ShownService.of(key);
        String protocol =
                shown.protocol().equals("-1") ? "ALL" : shown.protocol().toUpperCase(Locale.ROOT);
        OptionalInt from = shown.from();
        return from.isEmpty()
                ? protocol
                : protocol + ", from port: " + from.getAsInt() + ", to port: "
                        + shown.to().orElseThrow();
    }

    /** Counts as the rules file does. The implied rule for everything that goes out counts once it has to be written. */
    private static void requireRoom(Policy policy, SecurityGroup group, int more, Direction direction) {
        boolean implied =
                group.outbound().size() == 1 && group.outbound().get(0).at().equals(group.at());
        int outbound =
                implied && direction == Direction.INGRESS ? 0 : group.outbound().size();
        if (group.inbound().size() + outbound + more > policy.limits().rulesPerSecurityGroup()) {
            throw new AwsRefusal(AwsError.of(
                    "RulesPerSecurityGroupLimitExceeded",
                    "The maximum number of rules per security group has been reached: "
                            + policy.limits().rulesPerSecurityGroup() + ", inbound and outbound together."));
        }
    }
}
