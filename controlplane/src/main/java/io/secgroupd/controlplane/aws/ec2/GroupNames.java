package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import java.util.Locale;
import java.util.regex.Pattern;

/** What AWS demands of the name and the description of a new group. */
final class GroupNames {

    private static final String CHARACTERS = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}");

    private GroupNames() {}

    /** The name of the group that a call wants to make, without outer spaces. */
    static String name(OperationCall call) {
        String name = call.parameters().required("GroupName").strip();
        requireAllowed(call, "GroupName", name);
        if (name.toLowerCase(Locale.ROOT).startsWith("sg-")) {
            throw new AwsRefusal(
                    AwsError.invalid("Invalid value '" + name + "' for groupName. You may not use the prefix sg-"));
        }
        if (name.equalsIgnoreCase("default")) {
            throw new AwsRefusal(AwsError.invalid("Cannot use reserved security group name: default"));
        }
        requireNew(call, name);
        return name;
    }

    /** What the new group is for. */
    static String description(OperationCall call) {
        String description = call.parameters().required("GroupDescription");
        requireAllowed(call, "GroupDescription", description);
        return description;
    }

    private static void requireAllowed(OperationCall call, String parameter, String value) {
        if (!ALLOWED.matcher(value).matches()) {
            throw call.parameters()
                    .invalid(
                            parameter, value, "It must have 1 to 255 characters from the following set: " + CHARACTERS);
        }
    }

    /** AWS compares names without regard to case. */
    private static void requireNew(OperationCall call, String name) {
        boolean taken = call.policy().securityGroups().values().stream()
                .anyMatch(group -> GroupDirectory.name(group).equalsIgnoreCase(name));
        if (taken) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidGroup.Duplicate",
                    "The security group '" + name + "' already exists for VPC '"
                            + call.account().vpc() + "'"));
        }
    }
}
