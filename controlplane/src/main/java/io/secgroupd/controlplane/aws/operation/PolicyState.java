package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.rules.model.Policy;

/** What an operation sees: the policy in force, and the versions that its prefix lists have. */
public record PolicyState(Policy policy, ListVersions versions) {

    /** The state after a change of the policy. */
    public PolicyState with(Policy changed) {
        return new PolicyState(changed, versions.after(changed));
    }
}
