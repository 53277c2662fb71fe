package io.secgroupd.rules.model;

/**
 * How much the operator allows, like the quotas of AWS.
 *
 * @param rulesPerSecurityGroup      1–1000, inbound and outbound together, each (port range × peer) counting one
 * @param securityGroupsPerInstance  1–16
 */
public record Limits(int rulesPerSecurityGroup, int securityGroupsPerInstance) {

    /** 20 rules as in the Aurora user guide, 5 groups as in the VPC quotas. */
    public static final Limits DEFAULT = new Limits(20, 5);

    public Limits {
        if (rulesPerSecurityGroup < 1 || rulesPerSecurityGroup > 1000) {
            throw new IllegalArgumentException("rules_per_security_group is not within 1-1000");
        }
        if (securityGroupsPerInstance < 1 || securityGroupsPerInstance > 16) {
            throw new IllegalArgumentException("security_groups_per_instance is not within 1-16");
        }
    }
}
