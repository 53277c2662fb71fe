package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes, with the key of its documentation. Their signatures come from there. */
class PublishedVectorsTest {

    @Test
    void aRequestWithNothingButHostAndDate() {
        assertThat(signature("service", "GET", "", "", host()))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(signature("service", "POST", "", "", host()))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void aQueryIsSorted() {
        assertThat(signature("service", "GET", "Param2=value2&Param1=value1", "", host()))
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void valuesOfHeadersAreTrimmedAndRepeatedOnesJoined() {
        assertThat(signature("service", "GET", "", "", host(), "My-Header1", " value1", "My-Header2", " \"a   b   c\""))
                .isEqualTo("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
        assertThat(signature(
                        "service",
                        "GET",
                        "",
                        "",
                        host(),
                        "My-Header1",
                        "value2",
                        "My-Header1",
                        "value2",
                        "My-Header1",
                        "value1"))
                .isEqualTo("c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea");
    }

    @Test
    void theBodyIsSigned() {
        assertThat(signature(
                        "service",
                        "POST",
                        "",
                        "Param1=value1",
                        List.of("Content-Type", "application/x-www-form-urlencoded", "Host", "example.amazonaws.com")))
                .isEqualTo("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void theExampleOfTheUserGuide() {
        assertThat(signature(
                        "iam",
                        "GET",
                        "Action=ListUsers&Version=2010-05-08",
                        "",
                        List.of(
                                "Content-Type",
                                "application/x-www-form-urlencoded; charset=utf-8",
                                "Host",
                                "iam.amazonaws.com")))
                .isEqualTo("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    private static List<String> host() {
        return List.of("Host", "example.amazonaws.com");
    }

    private static String signature(
            String service, String method, String query, String body, List<String> first, String... more) {
        List<String> lines = new ArrayList<>(first);
        lines.addAll(List.of(more));
        lines.addAll(List.of("X-Amz-Date", TestClient.DATE));
        List<HttpHeader> headers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int at = 0; at < lines.size(); at += 2) {
            headers.add(new HttpHeader(lines.get(at), lines.get(at + 1)));
            names.add(lines.get(at).toLowerCase(Locale.ROOT));
        }
        SignedRequest request = new SignedRequest(method, "/", query, headers, body.getBytes(UTF_8));
        String canonical =
                CanonicalRequest.of(request, names.stream().distinct().toList()).orElseThrow();
        CredentialScope scope = new CredentialScope("20150830", "us-east-1", service);
        return Digests.signature(
                TestClient.SECRET,
                scope,
                "AWS4-HMAC-SHA256\n" + TestClient.DATE + "\n" + scope + "\n"
                        + TestClient.hash(canonical.getBytes(UTF_8)));
    }
}
