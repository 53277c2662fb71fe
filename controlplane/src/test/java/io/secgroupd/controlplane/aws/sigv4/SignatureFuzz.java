package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.secgroupd.controlplane.aws.AwsService;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import java.util.ArrayList;
import java.util.List;

/**
 * Any bytes as a request of HTTP that says it is signed: whoever did not have the key is refused. Each input that is accepted has
 * the body and the address that somebody with the key has signed.
 */
public final class SignatureFuzz {

    private static final String SIGNED_BODY = "Action=DescribeVpcs&Version=2016-11-15";
    private static final long BASE = 1 << 20;
    private static final long EACH = 5_000;

    private SignatureFuzz() {}

    /** One input: lines for method, path, query and headers, an empty line, and the body. */
    public static void fuzzerTestOneInput(byte[] input) {
        Cost.bounded(input.length, BASE, EACH, () -> read(new String(input, ISO_8859_1)));
    }

    private static void read(String text) {
        int end = text.indexOf("\n\n");
        String body = end < 0 ? "" : text.substring(end + 2);
        List<String> lines = new ArrayList<>(List.of((end < 0 ? text : text.substring(0, end)).split("\n", -1)));
        while (lines.size() < 3) {
            lines.add("");
        }
        List<HttpHeader> headers = lines.stream()
                .skip(3)
                .map(line -> line.split(":", 2))
                .map(parts -> new HttpHeader(parts[0], parts.length > 1 ? parts[1] : ""))
                .toList();
        var request = new SignedRequest(lines.get(0), lines.get(1), lines.get(2), headers, body.getBytes(ISO_8859_1));
        Identity identity = SignatureVerifierTest.verify(request, AwsService.EC2, SignatureVerifierTest.NOW);
        if (identity instanceof Identity.Caller) {
            Claim.same(body, SIGNED_BODY, "another body than the one that was signed is accepted");
            Claim.same(lines.get(0), "POST", "another method is accepted");
            Claim.same(lines.get(1), "/", "another path is accepted");
        }
    }
}
