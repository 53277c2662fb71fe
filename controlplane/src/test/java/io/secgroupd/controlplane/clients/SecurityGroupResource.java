package io.secgroupd.controlplane.clients;

import static io.secgroupd.controlplane.clients.Ec2Filters.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** The calls of Terraform's resource {@code aws_security_group}, in its order. */
final class SecurityGroupResource {

    /** What Terraform writes when its user gives no description. */
    static final String MANAGED = "Managed by Terraform";

    /** How often in a row Terraform wants to find a group before it believes that the group is there. */
    private static final int FINDINGS = 3;

    private final Ec2Client ec2;

    SecurityGroupResource(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** What its user asks for, and what a plan compares with it. */
    record Group(String name, String description, Map<String, String> tags, Set<Block> ingress, Set<Block> egress) {

        static Group named(String name) {
            return new Group(name, MANAGED, Map.of(), Set.of(), Set.of());
        }

        Group with(Set<Block> newIngress, Set<Block> newEgress) {
            return new Group(name, description, tags, newIngress, newEgress);
        }
    }

    String create(Group group) {
        String id = ec2.createSecurityGroup(request -> request.groupName(group.name())
                        .description(group.description())
                        .tagSpecifications(Ec2Tags.ofNew(ResourceType.SECURITY_GROUP, group.tags())))
                .groupId();
        for (int i = 0; i < FINDINGS; i++) {
            requireThere(id);
        }
        revokeWhatEachNewGroupHas(id);
        requireThere(id);
        change(id, Group.named(group.name()), group);
        requireThere(id);
        return id;
    }

    private void revokeWhatEachNewGroupHas(String id) {
        revokeEgress(id, List.of(Block.of("-1", 0, 0, "", "0.0.0.0/0").sent()));
        // AWS has no such rule in a network without IPv6.
        Refusal.tolerate(
                "InvalidPermission.NotFound",
                () -> revokeEgress(id, List.of(Block.of("-1", 0, 0, "", "::/0").sent())));
    }

    /** What there is; nothing when the group is gone. */
    Optional<Group> read(String id) {
        return described(id)
                .map(group -> new Group(
                        group.groupName(),
                        group.description(),
                        Ec2Tags.read(group.tags()),
                        Block.read(group.ipPermissions()),
                        Block.read(group.ipPermissionsEgress())));
    }

    private Optional<SecurityGroup> described(String id) {
        try {
            return Optional.of(ec2.describeSecurityGroups(request -> request.groupIds(id))
                    .securityGroups()
                    .get(0));
        } catch (Ec2Exception e) {
            if (e.awsErrorDetails().errorCode().equals("InvalidGroup.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void requireThere(String id) {
        if (described(id).isEmpty()) {
            throw new AssertionError(id + " is not there");
        }
    }

    void update(String id, Group old, Group wanted) {
        requireThere(id);
        change(id, old, wanted);
        Ec2Tags.update(ec2, id, old.tags(), wanted.tags());
    }

    /** In each direction, first revokes what goes and then authorizes what comes. */
    private void change(String id, Group old, Group wanted) {
        List<IpPermission> gone = without(old.ingress(), wanted.ingress());
        if (!gone.isEmpty()) {
            ec2.revokeSecurityGroupIngress(request -> request.groupId(id).ipPermissions(gone));
        }
        List<IpPermission> come = without(wanted.ingress(), old.ingress());
        if (!come.isEmpty()) {
            ec2.authorizeSecurityGroupIngress(request -> request.groupId(id).ipPermissions(come));
        }
        List<IpPermission> goneOut = without(old.egress(), wanted.egress());
        if (!goneOut.isEmpty()) {
            revokeEgress(id, goneOut);
        }
        List<IpPermission> comeOut = without(wanted.egress(), old.egress());
        if (!comeOut.isEmpty()) {
            ec2.authorizeSecurityGroupEgress(request -> request.groupId(id).ipPermissions(comeOut));
        }
    }

    private void revokeEgress(String id, List<IpPermission> permissions) {
        ec2.revokeSecurityGroupEgress(request -> request.groupId(id).ipPermissions(permissions));
    }

    private static List<IpPermission> without(Set<Block> all, Set<Block> some) {
        var rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest.stream().map(Block::sent).toList();
    }

    /** Deletes the group, and looks once: it has to be gone, or Terraform waits. */
    void delete(String id) {
        requireNoLingeringInterfaces(id);
        ec2.deleteSecurityGroup(request -> request.groupId(id));
        if (described(id).isPresent()) {
            throw new AssertionError(id + " is still there");
        }
    }

    /** On AWS the interfaces of a function outlive it for some minutes, and Terraform deletes them first. */
    private void requireNoLingeringInterfaces(String id) {
        List<NetworkInterface> interfaces = ec2.describeNetworkInterfaces(request ->
                        request.filters(filter("group-id", id), filter("description", "AWS Lambda VPC ENI*")))
                .networkInterfaces();
        if (!interfaces.isEmpty()) {
            throw new AssertionError("there are no functions, and here are interfaces of some: " + interfaces);
        }
    }

    /** Comes before the deletion when {@code revoke_rules_on_delete} is set, because groups may name each other. */
    void revokeRules(String id) {
        requireThere(id);
        List<SecurityGroupRule> rules = ec2.describeSecurityGroupRules(
                        request -> request.filters(filter("group-id", id)))
                .securityGroupRules();
        List<String> inbound = ids(rules, false);
        if (!inbound.isEmpty()) {
            ec2.revokeSecurityGroupIngress(request -> request.groupId(id).securityGroupRuleIds(inbound));
        }
        List<String> outbound = ids(rules, true);
        if (!outbound.isEmpty()) {
            ec2.revokeSecurityGroupEgress(request -> request.groupId(id).securityGroupRuleIds(outbound));
        }
    }

    private static List<String> ids(List<SecurityGroupRule> rules, boolean outbound) {
        return rules.stream()
                .filter(rule -> rule.isEgress() == outbound)
                .map(SecurityGroupRule::securityGroupRuleId)
                .toList();
    }
}
