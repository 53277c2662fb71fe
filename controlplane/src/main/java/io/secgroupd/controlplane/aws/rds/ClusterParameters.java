package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.PortRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what clients say about clusters. */
final class ClusterParameters {

    private static final String GROUPS = "VpcSecurityGroupIds";

    /** The ports below are not offered by RDS. */
    private static final int LOWEST_PORT = 1150;

    private ClusterParameters() {}

    /**
     * The groups that a cluster shall have; none when the request says nothing of them.
     *
     * @throws AwsRefusal for an empty list, because a cluster without groups shuts its clients out, for a group that does not
     *     exist, and for too many
     */
    static Optional<List<String>> groups(Parameters request, Policy policy) {
        if (!request.has(GROUPS)) {
            return Optional.empty();
        }
        var groups = new LinkedHashSet<>(request.texts(GROUPS, "VpcSecurityGroupId"));
        if (groups.isEmpty()) {
            throw new AwsRefusal(AwsError.invalid(
                    "The parameter " + GROUPS + " is empty, and a cluster must have a security group."));
        }
        for (String group : groups) {
            if (!policy.securityGroups().containsKey(group)) {
                throw new AwsRefusal(AwsError.invalid("Invalid security group , groupId= " + group + ", groupName=."));
            }
        }
        int most = policy.limits().securityGroupsPerInstance();
        if (groups.size() > most) {
            throw new AwsRefusal(AwsError.invalid(
                    "A cluster can have at most " + most + " security groups, and not " + groups.size() + "."));
        }
        return Optional.of(List.copyOf(groups));
    }

    /** The port that clients of the cluster are told. */
    static OptionalInt port(Parameters request) {
        OptionalInt port = request.integer("Port");
        port.ifPresent(number -> {
            if (number < LOWEST_PORT || number > PortRange.MAX_PORT) {
                throw request.invalid(
                        "Port",
                        Integer.toString(number),
                        "It must be from " + LOWEST_PORT + " to " + PortRange.MAX_PORT + ".");
            }
        });
        return port;
    }
}
