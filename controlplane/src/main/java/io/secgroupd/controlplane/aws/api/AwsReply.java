package io.secgroupd.controlplane.aws.api;

/** The answer to a request. */
public final class AwsReply {

    private final int status;
    private final String requestId;
    private final byte[] body;

    /** @param body XML; must not be changed from now on */
    AwsReply(int status, String requestId, byte[] body) {
        this.status = status;
        this.requestId = requestId;
        this.body = body;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The id that stands in the body, and in the header {@code x-amzn-RequestId}. */
    public String requestId() {
        return requestId;
    }

    /** XML in UTF-8. */
    public byte[] body() {
        return body.clone();
    }
}
