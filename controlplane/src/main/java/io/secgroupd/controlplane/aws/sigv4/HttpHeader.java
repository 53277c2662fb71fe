package io.secgroupd.controlplane.aws.sigv4;

/**
 * One header line.
 *
 * @param name  in any case
 * @param value as received, each character being one byte
 */
public record HttpHeader(String name, String value) {}
