package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.secgroupd.controlplane.aws.AwsRefusal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Paths and queries in the one spelling that is signed. */
final class UriText {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriText() {}

    /**
     * The path, encoded once more than it was sent, as all services but S3 want it. Dots and empty steps stay: this
     * server has only the path {@code /}, and two paths must not share a signature.
     */
    static String path(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(step -> encoded(step.getBytes(ISO_8859_1)))
                .collect(Collectors.joining("/"));
    }

    /** The query with its parameters sorted by name and value, each encoded in one way. */
    static String query(String query) {
        if (query.isEmpty()) {
            return "";
        }
        List<String[]> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            pairs.add(new String[] {
                encoded(decoded(equals < 0 ? pair : pair.substring(0, equals))),
                encoded(decoded(equals < 0 ? "" : pair.substring(equals + 1)))
            });
        }
        pairs.sort(Comparator.<String[], String>comparing(pair -> pair[0]).thenComparing(pair -> pair[1]));
        return pairs.stream().map(pair -> pair[0] + "=" + pair[1]).collect(Collectors.joining("&"));
    }

    private static byte[] decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '%') {
                bytes.write(text.charAt(at));
            } else if (at + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(at + 1))
                    && HexFormat.isHexDigit(text.charAt(at + 2))) {
                bytes.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 2;
            } else {
                throw new AwsRefusal(
                        SignatureRefusals.malformed("The query has a percent sign without two hex digits."));
            }
        }
        return bytes.toByteArray();
    }

    private static String encoded(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if ((b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || "-_.~".indexOf(b) >= 0) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }
}
