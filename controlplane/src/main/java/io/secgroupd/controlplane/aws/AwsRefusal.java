package io.secgroupd.controlplane.aws;

/** Ends the handling of a request with an error for its sender. It has no stack trace: it is an answer, not a fault. */
@SuppressWarnings("serial") // nobody serializes it
public final class AwsRefusal extends RuntimeException {

    private final AwsError error;

    /** Ends the request with this error. */
    public AwsRefusal(AwsError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What the sender is told. */
    public AwsError error() {
        return error;
    }
}
