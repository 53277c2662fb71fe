package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.query.Parameters;

/** What EC2 can do and this server cannot. It is refused by name, because what is silently ignored looks done. */
final class Unsupported {

    private Unsupported() {}

    /** Refuses a request that has one of these parameters of AWS's model. */
    static void refuse(Parameters request, String... names) {
        for (String name : names) {
            if (request.has(name)) {
                throw new AwsRefusal(
                        AwsError.of("UnsupportedOperation", "The parameter " + name + " is not supported here."));
            }
        }
    }

    /**
     * Adds an operation that is always refused.
     *
     * @param why a sentence
     */
    static void add(Catalog catalog, String action, String why) {
        catalog.writes(action, call -> {
            throw new AwsRefusal(
                    AwsError.of("UnsupportedOperation", "The operation " + action + " is not supported here. " + why));
        });
    }
}
