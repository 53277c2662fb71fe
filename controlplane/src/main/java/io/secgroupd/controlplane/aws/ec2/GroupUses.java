package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who needs a group: instances and clusters that have it, and other groups whose rules name it. */
final class GroupUses {

    private static final int NAMED_AT_MOST = 5;

    private GroupUses() {}

    /** Refuses to let a group go that something needs. A rule of its own that names it does not count. */
    static void requireNone(Policy policy, SecurityGroup group) {
        List<String> uses = Stream.of(clusters(policy, group), instances(policy, group), rules(policy, group))
                .flatMap(one -> one)
                .toList();
        if (!uses.isEmpty()) {
            String more = uses.size() > NAMED_AT_MOST ? " and " + (uses.size() - NAMED_AT_MOST) + " more" : "";
            throw new AwsRefusal(AwsError.of(
                    "DependencyViolation",
                    "resource " + group.id() + " has a dependent object: "
                            + uses.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", ")) + more));
        }
    }

    private static Stream<String> clusters(Policy policy, SecurityGroup group) {
        return policy.clusters().values().stream()
                .filter(cluster -> cluster.securityGroups().contains(group.id()))
                .map(cluster -> "cluster " + cluster.name());
    }

    private static Stream<String> instances(Policy policy, SecurityGroup group) {
        return policy.instances().values().stream()
                .filter(instance -> instance.cluster().isEmpty())
                .filter(instance -> instance.securityGroups().contains(group.id()))
                .map(Instance::name)
                .map(name -> "instance " + name);
    }

    private static Stream<String> rules(Policy policy, SecurityGroup group) {
        return policy.securityGroups().values().stream()
                .filter(other -> !other.id().equals(group.id()))
                .filter(other -> names(other, new Peer.Group(group.id())))
                .map(other -> "a rule of " + other.id());
    }

    /** A group that is there for sure, because a change has just been made in it. */
    static SecurityGroup require(Policy policy, String id) {
        return Objects.requireNonNull(policy.securityGroups().get(id), id);
    }

    /** Reports whether a rule of a group, in either direction, has this peer. */
    static boolean names(SecurityGroup group, Peer peer) {
        return Stream.of(Direction.values())
                .flatMap(direction -> group.rules(direction).stream())
                .map(Rule::peer)
                .anyMatch(peer::equals);
    }
}
