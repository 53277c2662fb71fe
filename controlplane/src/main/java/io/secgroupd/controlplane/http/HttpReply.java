package io.secgroupd.controlplane.http;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An answer. It has a body, because clients of AWS fail in their parser without one; all but the answer to a browser that it
 * has the newest already.
 */
public final class HttpReply {

    /** The characters of a name, by RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** A line end in a value would let what a client sent become a header line of its own. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]+");

    /** The server writes these itself. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("connection", "content-length", "content-type", "date", "transfer-encoding");

    private static final int NOT_MODIFIED = 304;

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;

    /**
     * An answer.
     *
     * @param status  from 200 to 599, with a body: neither 204 nor 304
     * @param headers more header lines by name; not those of connection, length, type, date and encoding
     * @throws IllegalArgumentException when this would not be a sound answer
     */
    public HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, headers, body);
        require(status >= 200 && status <= 599 && status != 204 && status != NOT_MODIFIED, "The status " + status);
        require(body.length > 0, "An answer without a body");
    }

    private HttpReply(int status, String contentType, Map<String, String> headers, byte[] body) {
        require(VALUE.matcher(contentType).matches(), "The content type");
        headers.forEach((name, value) -> {
            require(TOKEN.matcher(name).matches(), "The name of a header line");
            require(!OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT)), "The header line " + name);
            require(VALUE.matcher(value).matches(), "The value of the header line " + name);
        });
        this.status = status;
        this.contentType = contentType;
        this.body = body.clone();
        this.headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** An answer without more header lines. */
    public HttpReply(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of());
    }

    /** What the client has already is the newest. */
    public static HttpReply notModified(Map<String, String> headers) {
        return new HttpReply(NOT_MODIFIED, "-", headers, new byte[0]);
    }

    private static void require(boolean sound, String what) {
        if (!sound) {
            throw new IllegalArgumentException(what + " is not possible in an answer.");
        }
    }

    /** Whether it has a body, and so a type and a length. */
    boolean hasBody() {
        return status != NOT_MODIFIED;
    }

    /** The same answer with one more header line. */
    HttpReply with(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, contentType, more, body);
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    /** The bytes of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** More header lines, by name. */
    public Map<String, String> headers() {
        return headers;
    }
}
