package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsService;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class SignaturePropertyTest {

    @Property(tries = 500)
    void whateverIsSignedVerifiesAndNoByteOfItCanChange(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 20) String value,
            @ForAll @Size(min = 1, max = 100) byte[] body,
            @ForAll int where,
            @ForAll @IntRange(min = 1, max = 255) int flip) {
        TestClient client = TestClient.of("ec2").with("X-Value", value).body(body);
        String signature = client.authorization();
        assertThat(verify(client.request(signature))).isInstanceOf(Identity.Caller.class);

        byte[] changed = body.clone();
        changed[Math.floorMod(where, body.length)] ^= (byte) flip;
        assertRefused(client.body(changed).request(signature));
        List<HttpHeader> headers = client.with("Authorization", signature).headers();
        for (int at = 0; at < headers.size(); at++) {
            List<HttpHeader> others = new ArrayList<>(headers);
            HttpHeader header = headers.get(at);
            others.set(at, new HttpHeader(header.name(), changed(header.value(), where, flip)));
            if (!meansTheSame(headers.get(at), others.get(at))) {
                assertRefused(new SignedRequest("POST", "/", "", others, body));
            }
        }
        assertRefused(new SignedRequest(changed("POST", where, flip), "/", "", headers, body));
        assertRefused(new SignedRequest("POST", changed("/", where, flip), "", headers, body));
        assertRefused(new SignedRequest("POST", "/", String.valueOf((char) flip), headers, body));
    }

    @Property(tries = 1000)
    void nothingThatIsReceivedThrows(
            @ForAll String method, @ForAll String path, @ForAll String query, @ForAll String header) {
        String mixed = "AWS4-HMAC-SHA256 " + header;
        for (String authorization : List.of(header, mixed)) {
            List<HttpHeader> headers = List.of(
                    new HttpHeader("Authorization", authorization),
                    new HttpHeader("Host", header),
                    new HttpHeader("Date", query));
            assertRefused(new SignedRequest(method, path, query, headers, new byte[0]));
        }
    }

    /** Only what the parser of the header takes away: a blank for a blank between the parts. */
    private static boolean meansTheSame(HttpHeader one, HttpHeader other) {
        return one.value()
                .replaceAll("[ \t]+", " ")
                .strip()
                .equals(other.value().replaceAll("[ \t]+", " ").strip());
    }

    private static String changed(String text, int where, int flip) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) flip;
        return new String(bytes, ISO_8859_1);
    }

    private static Identity verify(SignedRequest request) {
        return SignatureVerifierTest.verify(request, AwsService.EC2, SignatureVerifierTest.NOW);
    }

    private static void assertRefused(SignedRequest request) {
        assertThat(verify(request)).isInstanceOf(Identity.Refused.class);
    }
}
