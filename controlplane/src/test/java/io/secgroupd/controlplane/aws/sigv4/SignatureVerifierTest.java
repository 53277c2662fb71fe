package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsService;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    private static final AccessKey KEY = new AccessKey("AKIDEXAMPLE", TestClient.SECRET, "terraform", Right.WRITE);
    private static final TestClient EC2 = TestClient.of("ec2");
    private static final TestClient RDS = TestClient.of("rds");

    @Test
    void whoSignedWellIsKnownByName() {
        for (AwsService service : AwsService.values()) {
            assertThat(verify(TestClient.of(service.scope()).signed(), service, NOW))
                    .isEqualTo(new Identity.Caller("AKIDEXAMPLE", "terraform", Right.WRITE));
        }
    }

    @Test
    void headersAreSignedInTheOrderThatTheClientLikes() {
        TestClient java = RDS.with("amz-sdk-request", "attempt=1;  max=4").with("Content-Type", "\ttext/plain ");
        assertThat(verify(java.signed(), AwsService.RDS, NOW)).isInstanceOf(Identity.Caller.class);
    }

    @Test
    void aHashOfTheBodyMustBeTheBodys() {
        String hash = TestClient.hash(EC2.body());
        assertThat(verify(EC2.with("X-Amz-Content-Sha256", hash).signed(), AwsService.EC2, NOW))
                .isInstanceOf(Identity.Caller.class);
        for (String other : List.of("UNSIGNED-PAYLOAD", TestClient.hash(new byte[0]), "")) {
            assertThat(refusal(RDS.with("X-Amz-Content-Sha256", other).signed(), AwsService.RDS))
                    .isEqualTo(SignatureRefusals.mismatch(AwsService.RDS));
        }
    }

    @Test
    void nobodySigned() {
        assertThat(refusal(new SignedRequest("POST", "/", "", EC2.headers(), EC2.body()), AwsService.EC2))
                .isEqualTo(new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token"));
    }

    @Test
    void aSignatureInTheQueryIsNone() {
        SignedRequest both = new SignedRequest(
                "POST",
                "/",
                "X-Amz-Signature=00",
                EC2.with("Authorization", EC2.authorization()).headers(),
                EC2.body());
        assertThat(refusal(both, AwsService.EC2).code()).isEqualTo("MissingAuthenticationToken");
    }

    @Test
    void aKeyThatIsNotKnown() {
        assertThat(refusal(EC2.key("AKIDOTHER", "x").signed(), AwsService.EC2))
                .isEqualTo(new AwsError(
                        "AuthFailure", 401, "AWS was not able to validate the provided access credentials"));
        assertThat(refusal(RDS.key("AKIDOTHER", "x").signed(), AwsService.RDS))
                .isEqualTo(new AwsError(
                        "InvalidClientTokenId", 403, "The security token included in the request is invalid."));
    }

    @Test
    void theStandInForKeysThatAreNotKnownIsNoKey() {
        String standIn = "no secret at all, forty characters long.";
        assertThat(refusal(RDS.key("-", standIn).signed(), AwsService.RDS))
                .isEqualTo(SignatureRefusals.unknownKey(AwsService.RDS));
    }

    @Test
    void aWrongSecret() {
        assertThat(refusal(EC2.key("AKIDEXAMPLE", "x").signed(), AwsService.EC2).code())
                .isEqualTo("AuthFailure");
        AwsError error = refusal(RDS.key("AKIDEXAMPLE", "x").signed(), AwsService.RDS);
        assertThat(error.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(error.status()).isEqualTo(403);
        assertThat(error.message()).startsWith("The request signature we calculated does not match");
    }

    @Test
    void theScopeIsOfTheServiceAndTheDay() {
        assertThat(refusal(EC2.signed(), AwsService.RDS).message())
                .startsWith("Credential should be scoped to correct service");
        assertThat(refusal(RDS.signed(), AwsService.EC2).code()).isEqualTo("AuthFailure");
        assertThat(refusal(RDS.date("20150829T123600Z").signed(), AwsService.RDS)
                        .message())
                .endsWith("'20150829' != '20150830', from '20150830T123600Z'.");
    }

    @Test
    void hostAndDateMustBeSigned() {
        for (String name : List.of("Host", "X-Amz-Date")) {
            TestClient less = RDS.without(name);
            SignedRequest request = new SignedRequest(
                    "POST",
                    "/",
                    "",
                    RDS.with("Authorization", less.authorization()).headers(),
                    RDS.body());
            assertThat(refusal(request, AwsService.RDS).message()).contains("must be a 'SignedHeader'");
        }
    }

    @Test
    void aSignedHeaderMustBeThere() {
        String authorization = RDS.with("X-Extra", "").authorization();
        assertThat(refusal(RDS.request(authorization), AwsService.RDS))
                .isEqualTo(SignatureRefusals.mismatch(AwsService.RDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "X-Amz-Content-Sha256"})
    void whatTheServerReadsMayNotBeThereTwice(String name) {
        TestClient twice = RDS.with(name, "a").with(name, "a");
        assertThat(refusal(twice.request(RDS.authorization()), AwsService.RDS))
                .isEqualTo(SignatureRefusals.mismatch(AwsService.RDS));
    }

    @Test
    void theOldDateHeaderServesWhenThereIsNoOther() {
        TestClient bare = RDS.without("X-Amz-Date");
        for (String date : List.of("Sun, 30 Aug 2015 12:36:00 GMT", TestClient.DATE)) {
            assertThat(verify(bare.with("Date", date).signed(), AwsService.RDS, NOW))
                    .isInstanceOf(Identity.Caller.class);
        }
        assertThat(refusal(bare.signed(), AwsService.RDS).message()).contains("either a 'X-Amz-Date' or a 'Date'");
    }

    @Test
    void fifteenMinutesEitherWayAreBorne() {
        for (String now : List.of("2015-08-30T12:21:00Z", "2015-08-30T12:51:00Z")) {
            assertThat(verify(RDS.signed(), AwsService.RDS, Instant.parse(now))).isInstanceOf(Identity.Caller.class);
        }
        assertThat(verify(RDS.signed(), AwsService.RDS, Instant.parse("2015-08-30T12:51:01Z")))
                .isEqualTo(refused(
                        "SignatureDoesNotMatch",
                        403,
                        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z"
                                + " (20150830T125101Z - 15 min.)"));
        assertThat(verify(RDS.signed(), AwsService.RDS, Instant.parse("2015-08-30T12:20:59Z")))
                .isEqualTo(refused(
                        "SignatureDoesNotMatch",
                        403,
                        "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z"
                                + " (20150830T122059Z + 15 min.)"));
        for (String now : List.of("2015-08-30T12:51:01Z", "2015-08-30T12:20:59Z")) {
            assertThat(verify(EC2.signed(), AwsService.EC2, Instant.parse(now)))
                    .isEqualTo(refused("RequestExpired", 400, "Request has expired."));
        }
    }

    @Test
    void noSessionTokensAreGivenOut() {
        assertThat(refusal(EC2.with("X-Amz-Security-Token", "FwoGZXIvYXdzE").signed(), AwsService.EC2)
                        .code())
                .isEqualTo("InvalidClientTokenId");
    }

    @Test
    void aLineFeedInAValueIsNoFurtherHeader() {
        TestClient honest = RDS.with("x-a", "1").with("x-b", "2");
        SignedRequest forged = RDS.with("x-a", "1\nx-b:2").with("x-b", "2").request(honest.authorization());
        assertThat(refusal(forged, AwsService.RDS).code()).isEqualTo("IncompleteSignature");
    }

    @Test
    void noTextShowsASecret() {
        for (Object shown : List.of(KEY, new AccessKeys(List.of(KEY)))) {
            assertThat(shown.toString()).contains("AKIDEXAMPLE").doesNotContain("wJalr");
        }
        assertThatThrownBy(() -> new AccessKeys(List.of(KEY, KEY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two access keys have the id AKIDEXAMPLE.");
    }

    static Identity verify(SignedRequest request, AwsService service, Instant now) {
        AccessKeys keys = new AccessKeys(List.of(new AccessKey("AKIDREADER", "r", "reader", Right.READ), KEY));
        return new SignatureVerifier(keys, Clock.fixed(now, ZoneOffset.UTC)).verify(request, service);
    }

    static AwsError refusal(SignedRequest request, AwsService service) {
        Identity identity = verify(request, service, NOW);
        assertThat(identity).isInstanceOf(Identity.Refused.class);
        return ((Identity.Refused) identity).error();
    }

    private static Identity refused(String code, int status, String message) {
        return new Identity.Refused(new AwsError(code, status, message));
    }

    @Test
    void theBodyIsTheBytesThatCameAndNotWhatTheyMean() {
        SignedRequest other = RDS.body("Action=Describe%56pcs&Version=2016-11-15".getBytes(UTF_8))
                .request(RDS.authorization());
        assertThat(refusal(other, AwsService.RDS)).isEqualTo(SignatureRefusals.mismatch(AwsService.RDS));
    }
}
