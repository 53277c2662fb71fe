package io.secgroupd.controlplane.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.secgroupd.controlplane.aws.AwsRefusal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void partsStandInAnyOrderWithAndWithoutBlanks() {
        Authorization expected = new Authorization(
                "AK", new CredentialScope("20150830", "r-1", "ec2"), List.of("x-amz-date", "host"), HEX);
        for (String text : List.of(
                "Credential=AK/20150830/r-1/ec2/aws4_request,SignedHeaders=x-amz-date;host,Signature=SIG",
                "Signature=SIG , Credential=AK/20150830/r-1/ec2/aws4_request,   SignedHeaders=x-amz-date;host")) {
            assertThat(Authorization.parse("AWS4-HMAC-SHA256 " + text.replace("SIG", HEX)))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic dXNlcjpwYXNz",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA512 CRED, HEAD, SIG",
                "AWS4-HMAC-SHA256 CRED, HEAD",
                "AWS4-HMAC-SHA256 CRED, SIG",
                "AWS4-HMAC-SHA256 HEAD, SIG",
                "AWS4-HMAC-SHA256 CRED, HEAD, SIG, SIG",
                "AWS4-HMAC-SHA256 CRED, HEAD, SIG,",
                "AWS4-HMAC-SHA256 CRED, HEAD, SIG, More=1",
                "AWS4-HMAC-SHA256 CRED, HEAD, SIG, =1",
                "AWS4-HMAC-SHA256 CRED, HEAD, Signature",
                "AWS4-HMAC-SHA256 CRED, HEAD, SIG0",
                "AWS4-HMAC-SHA256 CRED, HEAD, Signature=00",
                "AWS4-HMAC-SHA256 CRED/more, HEAD, SIG",
                "AWS4-HMAC-SHA256 Credential=AK/2015083/r/ec2/aws4_request, HEAD, SIG",
                "AWS4-HMAC-SHA256 Credential=AK/20150830/r/ec2, HEAD, SIG",
                "AWS4-HMAC-SHA256 Credential=/20150830/r/ec2/aws4_request, HEAD, SIG",
                "AWS4-HMAC-SHA256 Credential=A K/20150830/r/ec2/aws4_request, HEAD, SIG",
                "AWS4-HMAC-SHA256 CRED, SignedHeaders=, SIG",
                "AWS4-HMAC-SHA256 CRED, SignedHeaders=Host, SIG",
                "AWS4-HMAC-SHA256 CRED, SignedHeaders=host;host, SIG",
                "AWS4-HMAC-SHA256 CRED, SignedHeaders=host;, SIG",
                "AWS4-HMAC-SHA256 CRED, SignedHeaders=ho:st, SIG"
            })
    void everythingElseIsRefused(String text) {
        assertRefused(text.replace("CRED", "Credential=AK/20150830/r/ec2/aws4_request")
                .replace("HEAD", "SignedHeaders=host")
                .replace("SIG", "Signature=" + HEX));
    }

    @Test
    void lengthIsBounded() {
        assertThat(Authorization.parse(ofLength(4096)).keyId()).isEqualTo("AK");
        assertRefused(ofLength(4097));
    }

    private static String ofLength(int length) {
        String header = signing("host");
        return header + " ".repeat(length - header.length());
    }

    @Test
    void sixtyFourHeadersCanBeSignedAndNoMore() {
        assertThat(Authorization.parse(signing(names(64))).signedHeaders()).hasSize(64);
        assertRefused(signing(names(65)));
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "h" + i).collect(Collectors.joining(";"));
    }

    private static String signing(String names) {
        return "AWS4-HMAC-SHA256 Credential=AK/20150830/r/ec2/aws4_request, SignedHeaders=" + names + ", Signature="
                + HEX;
    }

    private static void assertRefused(String header) {
        AwsRefusal refusal = catchThrowableOfType(AwsRefusal.class, () -> Authorization.parse(header));
        assertThat(refusal.error().code()).isEqualTo("IncompleteSignature");
        assertThat(refusal.error().status()).isEqualTo(400);
        assertThat(refusal.error().message()).doesNotContain(HEX);
    }
}
