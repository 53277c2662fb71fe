package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.edit.change.IntendedChange.RemoveList;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.List;
import java.util.stream.Collectors;

/** Deletes prefix lists that no rule names. */
final class DeletePrefixList {

    private static final int NAMED_AT_MOST = 5;

    private DeletePrefixList() {}

    static void addTo(Catalog catalog) {
        catalog.writes("DeleteManagedPrefixList", DeletePrefixList::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        ShownList list = ShownList.byId(call.policy(), call.parameters().required("PrefixListId"));
        requireUnused(call.policy(), list);
        return OperationPlan.change(
                new RemoveList(list.id()),
                list.id(),
                // The state of before still has the list's version.
                (after, xml) -> xml.element(
                        "prefixList",
                        inner ->
                                new PrefixListXml(call.account(), call.state()).write(inner, list, "delete-complete")));
    }

    private static void requireUnused(Policy policy, ShownList list) {
        List<String> groups = groupsOf(policy, list);
        if (!groups.isEmpty()) {
            String named = groups.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
            String more = groups.size() > NAMED_AT_MOST ? " and " + (groups.size() - NAMED_AT_MOST) + " more" : "";
            throw new AwsRefusal(AwsError.of(
                    "DependencyViolation",
                    "resource " + list.id() + " has a dependent object: rules of " + named + more));
        }
    }

    /** The ids of the groups that have a rule with this list, in the order of the file. */
    static List<String> groupsOf(Policy policy, ShownList list) {
        return policy.securityGroups().values().stream()
                .filter(group -> GroupUses.names(group, new Peer.List(list.id())))
                .map(SecurityGroup::id)
                .toList();
    }
}
