package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.controlplane.aws.AwsRefusal;

/** What one action of a service does: a function from a call to a plan. It touches nothing. */
@FunctionalInterface
public interface Operation {

    /**
     * Plans what the call asks for. It checks existence, limits and dependencies, so that the error is the one of AWS.
     *
     * @throws AwsRefusal when the call cannot be fulfilled
     */
    OperationPlan plan(OperationCall call);
}
