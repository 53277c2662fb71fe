package io.secgroupd.controlplane.aws.sigv4;

/** What a key may do. */
public enum Right {
    /** It may look. */
    READ,
    /** It may look and change. */
    WRITE
}
