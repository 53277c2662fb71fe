package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.AwsService;
import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.store.StoreFailedException;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * The answers for what AWS has no code for. Clients repeat what is answered with 5xx, so that is said only where it helps: while
 * the store is away. A change that was made although nobody could say so is refused then as one that is there already.
 */
final class ApiRefusals {

    private static final int NAMED_AT_MOST = 3;

    private ApiRefusals() {}

    static AwsRefusal invalidAction(String action) {
        return new AwsRefusal(
                AwsError.of("InvalidAction", "The action " + action + " is not valid for this web service."));
    }

    static AwsRefusal notPermitted(String message) {
        return new AwsRefusal(AwsError.of("OperationNotPermitted", message));
    }

    /** The answer when files or the store could not be read or written. */
    static AwsError failed(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof StoreFailedException store && store.isPassing()
                ? new AwsError("ServiceUnavailable", 503, message)
                : AwsError.of("OperationNotPermitted", message);
    }

    static AwsRefusal mayNotWrite(AwsService service) {
        return new AwsRefusal(
                service == AwsService.EC2
                        ? new AwsError(
                                "UnauthorizedOperation", 403, "You are not authorized to perform this operation.")
                        : new AwsError("AccessDenied", 403, "This access key may only read."));
    }

    static AwsRefusal dryRun() {
        return new AwsRefusal(
                new AwsError("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set."));
    }

    static AwsRefusal notEdited(EditRefused refused) {
        String more = refused.problems().size() <= 1
                ? ""
                : refused.problems().stream()
                        .skip(1)
                        .limit(NAMED_AT_MOST)
                        .map(Problem::toString)
                        .collect(Collectors.joining("; ", "; ", ""));
        return notPermitted(refused + more);
    }
}
