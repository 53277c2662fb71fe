package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An instance as clients see it, with the one network interface that it has. An instance of a cluster is seen as an interface
 * alone: on AWS, those belong to the database service.
 */
record ShownInstance(Instance instance, Policy policy) {

    private static final String INTERFACE = "eni-";
    private static final String INSTANCE = "i-";

    /** All of them, in the order of the file. */
    static Stream<ShownInstance> all(Policy policy) {
        return policy.instances().values().stream().map(instance -> new ShownInstance(instance, policy));
    }

    /** Those that belong to no cluster. */
    static Stream<ShownInstance> ownInstances(Policy policy) {
        return all(policy).filter(one -> !one.isMember());
    }

    /**
     * The one with this network interface.
     *
     * @throws AwsRefusal when there is none
     */
    static ShownInstance byInterface(Policy policy, String id) {
        if (!id.startsWith(INTERFACE)) {
            throw malformed("InvalidNetworkInterfaceId.Malformed", id, INTERFACE);
        }
        return all(policy)
                .filter(one -> one.interfaceId().equals(id))
                .findFirst()
                .orElseThrow(() -> refusal(
                        "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '" + id + "' does not exist"));
    }

    /**
     * The one with this instance id.
     *
     * @throws AwsRefusal when there is none, or when it belongs to a cluster
     */
    static ShownInstance byInstance(Policy policy, String id) {
        if (!id.startsWith(INSTANCE)) {
            throw malformed("InvalidInstanceID.Malformed", id, INSTANCE);
        }
        return ownInstances(policy)
                .filter(one -> one.instanceId().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> refusal("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist"));
    }

    String interfaceId() {
        return INTERFACE + instance.name();
    }

    String instanceId() {
        return INSTANCE + instance.name();
    }

    /** Reports whether it belongs to a cluster. */
    boolean isMember() {
        return instance.cluster().isPresent();
    }

    /** AWS's words for what an interface of the database service is for. */
    String description() {
        return isMember() ? "RDSNetworkInterface" : "";
    }

    List<SecurityGroup> groups() {
        return instance.securityGroups().stream()
                .map(id -> Objects.requireNonNull(policy.securityGroups().get(id), id))
                .toList();
    }

    Map<String, String> tags() {
        return instance.tags();
    }

    /** Its addresses of one family, in the order of the file. */
    Stream<String> addresses(Family family) {
        return instance.addresses().stream()
                .filter(address -> address.family() == family)
                .map(IpAddress::toString);
    }

    /** The address that AWS calls primary. */
    Optional<String> privateAddress() {
        return addresses(Family.IPV4).findFirst();
    }

    private static AwsRefusal malformed(String code, String id, String prefix) {
        return refusal(code, "Invalid id: \"" + id + "\" (expecting \"" + prefix + "...\")");
    }

    private static AwsRefusal refusal(String code, String message) {
        return new AwsRefusal(AwsError.of(code, message));
    }
}
