package io.secgroupd.controlplane.aws.sigv4;

import java.util.List;
import java.util.stream.Stream;

/**
 * A request exactly as it was received; each character of a text stands for one byte. Nothing may be decoded or put in
 * order before, because the signature is about what the client wrote.
 */
public final class SignedRequest {

    private final String method;
    private final String path;
    private final String query;
    private final List<HttpHeader> headers;
    private final byte[] body;

    /**
     * A request.
     *
     * @param path    what stands before the first question mark
     * @param query   what stands behind it; empty when there is none
     * @param headers in the order received, repeated ones repeated, {@code Host} with its port as received
     */
    public SignedRequest(String method, String path, String query, List<HttpHeader> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    /** The values of a header, in the order received. */
    List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .toList();
    }

    /** The body as it was received. */
    public byte[] body() {
        return body.clone();
    }

    String bodyHash() {
        return Digests.sha256(body);
    }

    /**
     * Whether each character is one printable byte, a tab in a header apart. Other characters could not have come over
     * HTTP; a line feed in a value could pass for a further header of the canonical request.
     */
    boolean isPlain() {
        return Stream.concat(
                        Stream.of(method, path, query),
                        headers.stream()
                                .flatMap(header ->
                                        Stream.of(header.name(), header.value().replace('\t', ' '))))
                .allMatch(text -> text.chars().allMatch(c -> c >= ' ' && c <= 0xff && c != 0x7f));
    }
}
