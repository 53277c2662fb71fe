package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.List;
import java.util.Optional;

/** Finds the groups that a client names, by id or by name, and answers as AWS does when there is none. */
record GroupDirectory(Policy policy, AwsAccount account) {

    private static final String PREFIX = "sg-";

    static GroupDirectory of(OperationCall call) {
        return new GroupDirectory(call.policy(), call.account());
    }

    /** What a group is called: its name, or its id when it has none. AWS knows no group without a name. */
    static String name(SecurityGroup group) {
        return group.name().isEmpty() ? group.id() : group.name();
    }

    /** What a group is said to be for: AWS knows no group without a description, and clients must always see the same. */
    static String description(SecurityGroup group) {
        return group.description().isEmpty() ? name(group) : group.description();
    }

    /** The group with this id. */
    SecurityGroup byId(String id) {
        if (!id.startsWith(PREFIX)) {
            throw new AwsRefusal(
                    AwsError.of("InvalidGroupId.Malformed", "Invalid id: \"" + id + "\" (expecting \"sg-...\")"));
        }
        return Optional.ofNullable(policy.securityGroups().get(id))
                .orElseThrow(() -> notFound("The security group '" + id + "' does not exist"));
    }

    /** The group with this name. A name that two groups share is refused, because one of them would be changed by mistake. */
    SecurityGroup byName(String name) {
        List<SecurityGroup> named = policy.securityGroups().values().stream()
                .filter(group -> name(group).equals(name))
                .toList();
        if (named.size() > 1) {
            throw new AwsRefusal(AwsError.invalid("The name '" + name + "' belongs to " + named.size()
                    + " security groups, such as " + named.get(0).id() + "; use the id."));
        }
        if (named.isEmpty()) {
            throw notFound("The security group '" + name + "' does not exist in default VPC '" + account.vpc() + "'");
        }
        return named.get(0);
    }

    /** The group that the parameters {@code GroupId} or {@code GroupName} of a request name. */
    SecurityGroup named(OperationCall call) {
        Optional<String> id = call.parameters().text("GroupId");
        Optional<String> name = call.parameters().text("GroupName");
        if (id.isPresent() && name.isPresent() && !byId(id.get()).equals(byName(name.get()))) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidParameterCombination", "The parameters GroupId and GroupName name different groups."));
        }
        return id.map(this::byId)
                .or(() -> name.map(this::byName))
                .orElseThrow(() -> call.parameters().missing("GroupId"));
    }

    /** Refuses a network that is not the one of this account. */
    void requireVpc(String vpc) {
        if (!vpc.equals(account.vpc())) {
            throw new AwsRefusal(AwsError.of("InvalidVpcID.NotFound", "The vpc ID '" + vpc + "' does not exist"));
        }
    }

    private static AwsRefusal notFound(String message) {
        return new AwsRefusal(AwsError.of("InvalidGroup.NotFound", message));
    }
}
