package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddGroup;
import io.secgroupd.controlplane.edit.change.IntendedChange.RemoveGroup;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.Map;

/** Makes and deletes security groups. */
final class GroupOperations {

    private GroupOperations() {}

    static void addTo(Catalog catalog) {
        catalog.writes("CreateSecurityGroup", GroupOperations::create)
                .writes("DeleteSecurityGroup", GroupOperations::delete);
    }

    /** A new group has no inbound rule, and one for everything that goes out, as in AWS. */
    private static OperationPlan create(OperationCall call) {
        call.parameters().text("VpcId").ifPresent(GroupDirectory.of(call)::requireVpc);
        String name = GroupNames.name(call);
        String description = GroupNames.description(call);
        Map<String, String> tags = TagParameters.ofNew(call.parameters(), "security-group");
        String id = call.ids().next("sg-", call.policy().securityGroups()::containsKey);
        return OperationPlan.change(new AddGroup(id, name, description, tags), id, (after, xml) -> {
            xml.text("groupId", id);
            TagsXml.write(xml, tags);
            xml.text("securityGroupArn", call.account().arn("ec2", "security-group/" + id));
        });
    }

    private static OperationPlan delete(OperationCall call) {
        SecurityGroup group = GroupDirectory.of(call).named(call);
        if (group.name().equals("default")) {
            throw new AwsRefusal(AwsError.of(
                    "CannotDelete",
                    "the specified group: \"" + group.id() + "\" name: \"default\" cannot be deleted by a user"));
        }
        GroupUses.requireNone(call.policy(), group);
        return OperationPlan.change(new RemoveGroup(group.id()), group.id(), (after, xml) -> {
            xml.bool("return", true);
            xml.text("groupId", group.id());
        });
    }
}
