package io.secgroupd.controlplane.aws.sigv4;

import io.secgroupd.controlplane.aws.AwsError;

/** Who signed a request. */
public sealed interface Identity {

    /** The holder of a known key signed this very request, and did so lately. */
    record Caller(String keyId, String keyName, Right right) implements Identity {}

    /** Nobody known signed it. */
    record Refused(AwsError error) implements Identity {}
}
