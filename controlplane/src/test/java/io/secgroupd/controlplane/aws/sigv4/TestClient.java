package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client that signs on its own, so that a mistake of the verifier is not made twice. It only posts to {@code /}. */
record TestClient(String keyId, String secret, String date, String service, List<HttpHeader> headers, String content) {

    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String DATE = "20150830T123600Z";

    static TestClient of(String service) {
        return new TestClient(
                "AKIDEXAMPLE",
                SECRET,
                DATE,
                service,
                List.of(new HttpHeader("Host", "127.0.0.1:9471"), new HttpHeader("X-Amz-Date", DATE)),
                "Action=DescribeVpcs&Version=2016-11-15");
    }

    TestClient key(String otherId, String otherSecret) {
        return new TestClient(otherId, otherSecret, date, service, headers, content);
    }

    TestClient with(String name, String value) {
        List<HttpHeader> more = new ArrayList<>(headers);
        more.add(new HttpHeader(name, value));
        return new TestClient(keyId, secret, date, service, more, content);
    }

    TestClient without(String name) {
        return new TestClient(
                keyId,
                secret,
                date,
                service,
                headers.stream().filter(header -> !header.name().equals(name)).toList(),
                content);
    }

    /** At a time that the headers do not say. */
    TestClient date(String other) {
        return new TestClient(keyId, secret, other, service, headers, content);
    }

    TestClient body(byte[] other) {
        return new TestClient(keyId, secret, date, service, headers, new String(other, ISO_8859_1));
    }

    byte[] body() {
        return content.getBytes(ISO_8859_1);
    }

    SignedRequest signed() {
        return request(authorization());
    }

    SignedRequest request(String authorization) {
        return new SignedRequest("POST", "/", "", with("Authorization", authorization).headers, body());
    }

    /** The header; each header of the request is signed, in the order in which it stands there. */
    String authorization() {
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        List<String> names = new ArrayList<>();
        for (HttpHeader header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            names.add(name);
            canonical
                    .append(name)
                    .append(':')
                    .append(header.value().trim().replaceAll("\\s+", " "))
                    .append('\n');
        }
        String list = String.join(";", names);
        canonical.append('\n').append(list).append('\n').append(hash(body()));
        String scope = date.substring(0, 8) + "/eu-north-9/" + service + "/aws4_request";
        String text = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n"
                + hash(canonical.toString().getBytes(ISO_8859_1));
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : (scope + "/" + text).split("/", 5)) {
            key = hmac(key, step);
        }
        return "AWS4-HMAC-SHA256 Credential=" + keyId + "/" + scope + ", SignedHeaders=" + list + ", Signature="
                + hex(key);
    }

    static String hash(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "RAW"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return String.format("%064x", new BigInteger(1, bytes));
    }
}
