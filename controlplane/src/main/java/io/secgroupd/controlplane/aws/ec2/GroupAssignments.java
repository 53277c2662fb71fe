package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetInstanceGroups;
import java.util.LinkedHashSet;
import java.util.List;

/** Gives an instance other groups, by its own id or by that of its interface. The new list takes the place of the old one. */
final class GroupAssignments {

    private static final String[] OTHERS_OF_INTERFACES = {
        "AssociatePublicIpAddress",
        "AssociatedSubnetId",
        "Attachment",
        "ConnectionTrackingSpecification",
        "Description",
        "EnaSrdSpecification",
        "EnablePrimaryIpv6",
        "SourceDestCheck"
    };

    private static final String[] OTHERS_OF_INSTANCES = {
        "Attribute",
        "BlockDeviceMapping",
        "DisableApiStop",
        "DisableApiTermination",
        "EbsOptimized",
        "EnaSupport",
        "InstanceInitiatedShutdownBehavior",
        "InstanceType",
        "Kernel",
        "Ramdisk",
        "SourceDestCheck",
        "SriovNetSupport",
        "UserData",
        "Value"
    };

    private GroupAssignments() {}

    static void addTo(Catalog catalog) {
        catalog.writes("ModifyNetworkInterfaceAttribute", GroupAssignments::ofInterface)
                .writes("ModifyInstanceAttribute", GroupAssignments::ofInstance);
    }

    private static OperationPlan ofInterface(OperationCall call) {
        ShownInstance of =
                ShownInstance.byInterface(call.policy(), call.parameters().required("NetworkInterfaceId"));
        Unsupported.refuse(call.parameters(), OTHERS_OF_INTERFACES);
        requireOwn(of);
        return plan(call, of, "SecurityGroupId", "SecurityGroupsPerInterfaceLimitExceeded");
    }

    private static OperationPlan ofInstance(OperationCall call) {
        ShownInstance of =
                ShownInstance.byInstance(call.policy(), call.parameters().required("InstanceId"));
        Unsupported.refuse(call.parameters(), OTHERS_OF_INSTANCES);
        return plan(call, of, "GroupId", "SecurityGroupsPerInstanceLimitExceeded");
    }

    /** An instance of a cluster has the groups of the cluster, and only all of them change together. */
    private static void requireOwn(ShownInstance of) {
        of.instance().cluster().ifPresent(cluster -> {
            throw new AwsRefusal(AwsError.of(
                    "OperationNotPermitted",
                    "The network interface '" + of.interfaceId() + "' belongs to the DB cluster " + cluster
                            + "; change its security groups with rds modify-db-cluster."));
        });
    }

    private static OperationPlan plan(OperationCall call, ShownInstance of, String parameter, String limitCode) {
        var groups = new LinkedHashSet<>(call.parameters().texts(parameter));
        if (groups.isEmpty()) {
            throw call.parameters().missing(parameter);
        }
        groups.forEach(GroupDirectory.of(call)::byId);
        int most = call.policy().limits().securityGroupsPerInstance();
        if (groups.size() > most) {
            throw new AwsRefusal(AwsError.of(
                    limitCode,
                    "The maximum number of security groups per interface has been reached: " + most + ", and not "
                            + groups.size() + "."));
        }
        var change = new SetInstanceGroups(of.instance().name(), List.copyOf(groups));
        return OperationPlan.change(change, of.instance().name(), (after, xml) -> xml.bool("return", true));
    }
}
