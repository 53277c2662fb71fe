package io.secgroupd.controlplane.aws.query;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A body of the type {@code application/x-www-form-urlencoded}, decoded strictly. {@code java.net.URLDecoder} puts a
 * question mark in place of bytes that are no UTF-8, and two different bodies would then say the same.
 */
final class FormBody {

    /** One mebibyte, in which a thousand rules with the longest descriptions find room. */
    static final int MAX_BYTES = 1 << 20;

    /** A thousand rules of one request have four parameters each. */
    static final int MAX_PARAMETERS = 4000;

    /** The longest names of the model have fewer than a hundred characters. */
    static final int MAX_NAME = 256;

    private FormBody() {}

    /**
     * Names and values in the order sent.
     *
     * @throws AwsRefusal when the body is too big, no UTF-8, has a name twice or a character that XML cannot hold
     */
    static Map<String, String> decode(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new AwsRefusal(
                    new AwsError("RequestEntityTooLarge", 413, "The body has more than " + MAX_BYTES + " bytes."));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int start = 0; start < body.length; ) {
            int end = indexOf(body, '&', start, body.length);
            if (end > start) {
                add(parameters, body, start, end);
            }
            start = end + 1;
        }
        return Collections.unmodifiableMap(parameters);
    }

    private static void add(Map<String, String> parameters, byte[] body, int start, int end) {
        int equals = indexOf(body, '=', start, end);
        String name = decoded(body, start, equals);
        if (name.length() > MAX_NAME || !US_ASCII.newEncoder().canEncode(name)) {
            throw malformed("a name is too long or not ASCII.");
        }
        String value = decoded(body, Math.min(equals + 1, end), end);
        // What XML cannot hold would make every later answer that shows it unreadable for every client.
        if (!XmlText.isLegal(value) || !XmlText.isLegal(name)) {
            throw new AwsRefusal(AwsError.invalid(
                    "The value of parameter " + XmlText.legal(name) + " has a character that is not allowed."));
        }
        if (parameters.putIfAbsent(name, value) != null) {
            throw new AwsRefusal(AwsError.invalid("The parameter " + name + " is given more than once."));
        }
        if (parameters.size() > MAX_PARAMETERS) {
            throw malformed("there are more than " + MAX_PARAMETERS + " parameters.");
        }
    }

    private static String decoded(byte[] body, int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
        for (int at = start; at < end; at++) {
            if (body[at] == '%') {
                if (at + 2 >= end || !HexFormat.isHexDigit(body[at + 1]) || !HexFormat.isHexDigit(body[at + 2])) {
                    throw malformed("a percent sign is not followed by two hex digits.");
                }
                bytes.write(HexFormat.fromHexDigit(body[at + 1]) << 4 | HexFormat.fromHexDigit(body[at + 2]));
                at += 2;
            } else {
                bytes.write(body[at] == '+' ? ' ' : body[at]);
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8.");
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static AwsRefusal malformed(String detail) {
        return new AwsRefusal(AwsError.malformedQuery(detail));
    }
}
