package io.secgroupd.controlplane.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.secgroupd.controlplane.aws.AwsRefusal;
import java.util.List;
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
    void lengthAndCountAreBounded() {
        assertRefused("AWS4-HMAC-SHA256 " + " ".repeat(5000));
        StringBuilder names = new StringBuilder("host");
        for (int i = 0; i < 64; i++) {
            names.append(";h").append(i);
        }
        assertRefused("AWS4-HMAC-SHA256 Credential=AK/20150830/r/ec2/aws4_request, SignedHeaders=" + names
                + ", Signature=" + HEX);
    }

    private static void assertRefused(String header) {
        AwsRefusal refusal = catchThrowableOfType(AwsRefusal.class, () -> Authorization.parse(header));
        assertThat(refusal.error().code()).isEqualTo("IncompleteSignature");
        assertThat(refusal.error().status()).isEqualTo(400);
        assertThat(refusal.error().message()).doesNotContain(HEX);
    }
}
