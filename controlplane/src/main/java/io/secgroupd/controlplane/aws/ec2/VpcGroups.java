package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.List;

/** How groups and networks belong together. With one network, no group is shared with another or left behind by one. */
final class VpcGroups {

    private static final Paging STALE = new Paging(5, 255);
    private static final String ONE_NETWORK = "There is one network, and all groups belong to it.";

    private VpcGroups() {}

    static void addTo(Catalog catalog) {
        catalog.reads("GetSecurityGroupsForVpc", VpcGroups::groups)
                .reads("DescribeStaleSecurityGroups", VpcGroups::stale)
                .reads("DescribeSecurityGroupReferences", VpcGroups::references)
                .reads(
                        "DescribeSecurityGroupVpcAssociations",
                        call -> OperationPlan.answer(
                                xml -> xml.texts("securityGroupVpcAssociationSet", "item", List.of())));
        Unsupported.add(catalog, "AssociateSecurityGroupVpc", ONE_NETWORK);
        Unsupported.add(catalog, "DisassociateSecurityGroupVpc", ONE_NETWORK);
    }

    private static OperationPlan groups(OperationCall call) {
        GroupDirectory.of(call).requireVpc(call.parameters().required("VpcId"));
        AwsAccount account = call.account();
        var filters = new Filters<SecurityGroup>()
                .one("group-id", SecurityGroup::id)
                .one("group-name", GroupDirectory::name)
                .one("description", GroupDirectory::description)
                .one("owner-id", group -> account.id())
                .one("primary-vpc-id", group -> account.vpc())
                .tags(SecurityGroup::tags);
        List<SecurityGroup> groups = call.policy().securityGroups().values().stream()
                .filter(filters.read(call.parameters()))
                .toList();
        Page<SecurityGroup> page = Paging.USUAL.page(call.parameters(), groups, SecurityGroup::id);
        return OperationPlan.answer(xml -> {
            xml.text("nextToken", page.next());
            xml.list("securityGroupForVpcSet", "item", page.items(), (item, group) -> {
                item.text("description", GroupDirectory.description(group));
                item.text("groupName", GroupDirectory.name(group));
                item.text("ownerId", account.id());
                item.text("groupId", group.id());
                TagsXml.write(item, group.tags());
                item.text("primaryVpcId", account.vpc());
            });
        });
    }

    /** A rule is stale when it names a group of a network that is no longer connected. */
    private static OperationPlan stale(OperationCall call) {
        GroupDirectory.of(call).requireVpc(call.parameters().required("VpcId"));
        Page<String> none = STALE.page(call.parameters(), List.of(), id -> id);
        return OperationPlan.answer(xml -> xml.texts("staleSecurityGroupSet", "item", none.items()));
    }

    private static OperationPlan references(OperationCall call) {
        List<String> ids = call.parameters().texts("GroupId");
        if (ids.isEmpty()) {
            throw call.parameters().missing("GroupId");
        }
        ids.forEach(GroupDirectory.of(call)::byId);
        return OperationPlan.answer(xml -> xml.texts("securityGroupReferenceSet", "item", List.of()));
    }
}
