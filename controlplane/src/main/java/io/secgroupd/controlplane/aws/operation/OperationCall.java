package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.aws.sigv4.Identity.Caller;
import io.secgroupd.rules.model.Policy;

/** One request to one operation, by somebody whose signature was verified. */
public record OperationCall(Parameters parameters, PolicyState state, AwsAccount account, Caller caller, NewIds ids) {

    /** The policy in force. */
    public Policy policy() {
        return state.policy();
    }
}
