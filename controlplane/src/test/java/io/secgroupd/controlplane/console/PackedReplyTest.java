package io.secgroupd.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.Right;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A large answer is kept packed, and a browser says whether it can unpack it. */
class PackedReplyTest extends ConsoleFixture {

    private static final String WHOLE = "{\"text\":\"" + "a".repeat(9999) + "\"}";

    private HttpResponse<byte[]> ask(String encodings) throws Exception {
        PageClient page = console.newPage().enter(console.code(Right.READ)).with("Accept-Encoding", encodings);
        HttpRequest request = page.request("/console/api/policy-packed").GET().build();
        return page.http().send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void aBrowserThatTakesGzipGetsTheBytesAsTheyAreKept() throws Exception {
        HttpResponse<byte[]> answer = ask("br, gzip");

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(answer.body()).hasSizeLessThan(500);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(WHOLE);
        }
    }

    @Test
    void whoeverDoesNotGetsThemUnpacked() throws Exception {
        HttpResponse<byte[]> answer = ask("identity");

        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(WHOLE);
    }

    @Test
    void aSmallAnswerIsNotPacked() throws Exception {
        HttpResponse<String> answer = console.newPage()
                .enter(console.code(Right.READ))
                .with("Accept-Encoding", "gzip")
                .ask("policy");

        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.body()).contains("alice");
    }
}
