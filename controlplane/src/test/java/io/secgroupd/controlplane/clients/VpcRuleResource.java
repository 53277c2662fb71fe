package io.secgroupd.controlplane.clients;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * The calls of Terraform's resources {@code aws_vpc_security_group_ingress_rule} and {@code aws_vpc_security_group_egress_rule},
 * in their order. They know their rules by id.
 */
final class VpcRuleResource {

    private static final String ALL = "-1";

    private final Ec2Client ec2;
    private final boolean outbound;

    VpcRuleResource(Ec2Client ec2, boolean outbound) {
        this.ec2 = ec2;
        this.outbound = outbound;
    }

    /** What its user asks for, and what a plan compares with it. A rule for all protocols has no ports. */
    record Rule(String group, SecurityGroupRuleRequest terms, Map<String, String> tags) {}

    String create(Rule rule) {
        List<IpPermission> permissions = List.of(permission(rule.terms()));
        List<TagSpecification> tags = Ec2Tags.ofNew(ResourceType.SECURITY_GROUP_RULE, rule.tags());
        List<SecurityGroupRule> made = outbound
                ? ec2.authorizeSecurityGroupEgress(request -> request.groupId(rule.group())
                                .ipPermissions(permissions)
                                .tagSpecifications(tags))
                        .securityGroupRules()
                : ec2.authorizeSecurityGroupIngress(request -> request.groupId(rule.group())
                                .ipPermissions(permissions)
                                .tagSpecifications(tags))
                        .securityGroupRules();
        return made.get(0).securityGroupRuleId();
    }

    private static IpPermission permission(SecurityGroupRuleRequest terms) {
        IpPermission.Builder permission = IpPermission.builder()
                .ipProtocol(terms.ipProtocol())
                .fromPort(terms.fromPort())
                .toPort(terms.toPort());
        if (terms.cidrIpv4() != null) {
            permission.ipRanges(IpRange.builder()
                    .cidrIp(terms.cidrIpv4())
                    .description(terms.description())
                    .build());
        }
        if (terms.cidrIpv6() != null) {
            permission.ipv6Ranges(Ipv6Range.builder()
                    .cidrIpv6(terms.cidrIpv6())
                    .description(terms.description())
                    .build());
        }
        if (terms.prefixListId() != null) {
            permission.prefixListIds(PrefixListId.builder()
                    .prefixListId(terms.prefixListId())
                    .description(terms.description())
                    .build());
        }
        if (terms.referencedGroupId() != null) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupId(terms.referencedGroupId())
                    .description(terms.description())
                    .build());
        }
        return permission.build();
    }

    /** What there is; nothing when the rule, or its group, is gone. */
    Optional<Rule> read(String id) {
        try {
            return Optional.of(read(only(ec2.describeSecurityGroupRules(request -> request.securityGroupRuleIds(id))
                    .securityGroupRules())));
        } catch (Ec2Exception e) {
            if (e.awsErrorDetails().errorCode().equals("InvalidSecurityGroupRuleId.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private SecurityGroupRule only(List<SecurityGroupRule> rules) {
        if (rules.size() != 1 || rules.get(0).isEgress() != outbound) {
            throw new AssertionError("one rule of this direction is expected, and not " + rules);
        }
        return rules.get(0);
    }

    private static Rule read(SecurityGroupRule rule) {
        SecurityGroupRuleRequest.Builder terms = SecurityGroupRuleRequest.builder()
                .ipProtocol(rule.ipProtocol())
                .cidrIpv4(rule.cidrIpv4())
                .cidrIpv6(rule.cidrIpv6())
                .prefixListId(rule.prefixListId())
                .description(rule.description());
        if (rule.referencedGroupInfo() != null) {
            terms.referencedGroupId(rule.referencedGroupInfo().groupId());
        }
        if (!rule.ipProtocol().equals(ALL)) {
            terms.fromPort(rule.fromPort()).toPort(rule.toPort());
        }
        return new Rule(rule.groupId(), terms.build(), Ec2Tags.read(rule.tags()));
    }

    void update(String id, Rule old, Rule wanted) {
        if (!old.terms().equals(wanted.terms())) {
            var change = SecurityGroupRuleUpdate.builder()
                    .securityGroupRuleId(id)
                    .securityGroupRule(wanted.terms())
                    .build();
            ec2.modifySecurityGroupRules(
                    request -> request.groupId(wanted.group()).securityGroupRules(change));
        }
        Ec2Tags.update(ec2, id, old.tags(), wanted.tags());
    }

    /** Destroys the rule; it may be gone already, by itself or with its group. */
    void delete(String group, String id) {
        Refusal.tolerate(
                "InvalidGroup.NotFound",
                () -> Refusal.tolerate("InvalidSecurityGroupRuleId.NotFound", () -> revoke(group, id)));
    }

    private void revoke(String group, String id) {
        if (outbound) {
            ec2.revokeSecurityGroupEgress(request -> request.groupId(group).securityGroupRuleIds(id));
        } else {
            ec2.revokeSecurityGroupIngress(request -> request.groupId(group).securityGroupRuleIds(id));
        }
    }
}
