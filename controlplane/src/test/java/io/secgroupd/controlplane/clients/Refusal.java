package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The error of a call, as a client of AWS reads it. */
record Refusal(int status, String code, String message) {

    /** The error of a call that has to fail. */
    static Refusal of(ThrowingCallable call) {
        AwsServiceException error = catchThrowableOfType(AwsServiceException.class, call);
        if (error == null) {
            throw new AssertionError("the call is not refused");
        }
        return new Refusal(
                error.statusCode(),
                error.awsErrorDetails().errorCode(),
                error.awsErrorDetails().errorMessage());
    }

    /** Makes a call that may fail for one reason. */
    static void tolerate(String code, Runnable call) {
        try {
            call.run();
        } catch (AwsServiceException e) {
            if (!e.awsErrorDetails().errorCode().equals(code)) {
                throw e;
            }
        }
    }
}
