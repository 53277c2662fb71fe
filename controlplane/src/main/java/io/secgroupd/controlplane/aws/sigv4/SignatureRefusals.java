package io.secgroupd.controlplane.aws.sigv4;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsService;
import java.time.Duration;
import java.time.Instant;

/** The answers of each service to a request that is not signed well. Clients correct their clocks by some of them. */
final class SignatureRefusals {

    private static final AwsError EC2_FAILURE =
            new AwsError("AuthFailure", 401, "AWS was not able to validate the provided access credentials");

    private SignatureRefusals() {}

    static AwsError missing() {
        return new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }

    static AwsError malformed(String message) {
        return AwsError.of("IncompleteSignature", message);
    }

    /** This server gives out no session tokens, so none can be right. */
    static AwsError sessionToken() {
        return new AwsError("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
    }

    static AwsError unknownKey(AwsService service) {
        return service == AwsService.EC2 ? EC2_FAILURE : sessionToken();
    }

    static AwsError mismatch(AwsService service) {
        return mismatch(
                service,
                "The request signature we calculated does not match the signature you provided."
                        + " Check your AWS Secret Access Key and signing method.");
    }

    /** A reason that EC2 does not tell. */
    static AwsError mismatch(AwsService service, String message) {
        return service == AwsService.EC2 ? EC2_FAILURE : new AwsError("SignatureDoesNotMatch", 403, message);
    }

    static AwsError expired(AwsService service, Instant made, Instant now, Duration skew) {
        return outside(
                service, "Signature expired: %s is now earlier than %s (%s - %d min.)", made, now, skew.negated());
    }

    static AwsError notYet(AwsService service, Instant made, Instant now, Duration skew) {
        return outside(service, "Signature not yet current: %s is still later than %s (%s + %d min.)", made, now, skew);
    }

    private static AwsError outside(AwsService service, String format, Instant made, Instant now, Duration by) {
        if (service == AwsService.EC2) {
            return AwsError.of("RequestExpired", "Request has expired.");
        }
        return mismatch(
                service,
                String.format(
                        format,
                        RequestTime.basic(made),
                        RequestTime.basic(now.plus(by)),
                        RequestTime.basic(now),
                        Math.abs(by.toMinutes())));
    }
}
