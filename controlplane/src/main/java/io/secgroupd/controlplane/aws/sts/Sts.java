package io.secgroupd.controlplane.aws.sts;

import io.secgroupd.controlplane.aws.AwsService;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;

/** The question who the caller is, which Terraform asks before anything else. */
public final class Sts {

    private Sts() {}

    /** The operations of this service. */
    public static Catalog catalog() {
        return new Catalog(AwsService.STS).reads("GetCallerIdentity", Sts::callerIdentity);
    }

    private static OperationPlan callerIdentity(OperationCall call) {
        String account = call.account().id();
        return OperationPlan.answer(xml -> {
            // Users belong to an account and to no region.
            xml.text("Arn", "arn:aws:iam::" + account + ":user/" + call.caller().keyName());
            xml.text("UserId", call.caller().keyId());
            xml.text("Account", account);
        });
    }
}
