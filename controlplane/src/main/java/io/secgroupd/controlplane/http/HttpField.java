package io.secgroupd.controlplane.http;

/**
 * One header line of a request.
 *
 * @param name  in the case in which it was received
 * @param value as received, each character being one byte (ISO-8859-1), without the blanks around it
 */
public record HttpField(String name, String value) {}
