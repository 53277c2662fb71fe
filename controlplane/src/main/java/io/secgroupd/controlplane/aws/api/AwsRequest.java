package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.sigv4.SignedRequest;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param signed the whole of it, for the signature
 * @param source the client's address, for the audit
 * @param client the client's connection as {@code SOURCE,DESTINATION,PORT}; empty when it does not cross the network
 */
public record AwsRequest(SignedRequest signed, String source, Optional<String> client) {}
