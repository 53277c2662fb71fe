package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRequestTest {

    private static final byte[] BODY = "Action=DescribeVpcs".getBytes(UTF_8);

    @Test
    void theBodyIsTheOneThatCameWhateverItsReadersDoToIt() {
        byte[] received = BODY.clone();
        var request = new SignedRequest("POST", "/", "", List.of(), received);
        received[0] = 0;
        assertThat(request.body()).isEqualTo(BODY);
        request.body()[0] = 0;
        assertThat(request.body()).isEqualTo(BODY);
        assertThat(request.bodyHash()).isEqualTo(TestClient.hash(BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "!~", "\u00a0\u00ff"})
    void bytesThatArePrintedArePlain(String text) {
        assertThat(request(text, "", "", "", "").isPlain()).isTrue();
        assertThat(request("", text, "", "", "").isPlain()).isTrue();
        assertThat(request("", "", text, "", "").isPlain()).isTrue();
        assertThat(request("", "", "", text, "").isPlain()).isTrue();
        assertThat(request("", "", "", "", text).isPlain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "a\r", "\u001f", "\u007f", "\u0100", "\u0000"})
    void noOtherCharacterIs(String text) {
        assertThat(request(text, "", "", "", "").isPlain()).isFalse();
        assertThat(request("", text, "", "", "").isPlain()).isFalse();
        assertThat(request("", "", text, "", "").isPlain()).isFalse();
        assertThat(request("", "", "", text, "").isPlain()).isFalse();
        assertThat(request("", "", "", "", text).isPlain()).isFalse();
    }

    @Test
    void aTabIsPlainInTheValueOfAHeaderAlone() {
        assertThat(request("", "", "", "", "a\tb").isPlain()).isTrue();
        assertThat(request("", "", "a\tb", "", "").isPlain()).isFalse();
        assertThat(request("", "", "", "a\tb", "").isPlain()).isFalse();
    }

    private static SignedRequest request(String method, String path, String query, String name, String value) {
        return new SignedRequest(method, path, query, List.of(new HttpHeader(name, value)), BODY);
    }
}
