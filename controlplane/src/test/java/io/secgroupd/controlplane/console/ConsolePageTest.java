package io.secgroupd.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.Right;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, which need no session, and the header lines of every answer. */
class ConsolePageTest extends ConsoleFixture {

    private static final String LIBRARY = "/console/lib/lit-html/lit-html.js";

    @Test
    void theLibraryIsThere() throws Exception {
        HttpResponse<String> file = console.newPage().get(LIBRARY);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).contains("text/javascript;charset=UTF-8");
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(file.body()).contains("export{");
        assertThat(console.newPage()
                        .get("/console/lib/lit-html/directives/repeat.js")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFileIsPackedForWhoTakesThat() throws Exception {
        PageClient page = console.newPage();
        String plain = page.get(LIBRARY).body();

        HttpResponse<byte[]> packed = page.http()
                .send(page.with("Accept-Encoding", "br, gzip").request(LIBRARY).build(), BodyHandlers.ofByteArray());

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(packed.body().length).isLessThan(plain.length() / 2);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain);
        }
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        PageClient page = console.newPage();
        String tag = page.get(LIBRARY).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = page.with("If-None-Match", "\"x\", " + tag).get(LIBRARY);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(page.with("If-None-Match", "\"x\"").get(LIBRARY).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/..%2fserver%2fx.js",
                "/console/../../../logback.xml",
                "/console/app/../../keys.js",
                "/console/app/%2e%2e/x.js",
                "/console//app/x.js",
                "/console/app//etc/passwd.js",
                "/console/lib/lit-html/../lit-html/lit-html.js",
                "/console/lib/lit-html/directives/../lit-html.js",
                "/console/lib/lit-html/development/lit-html.js",
                "/console/lib/lit-html/package.json",
                "/console/Console.class",
                "/console/app/.js",
                "/console/app/x.js%00.css",
                "/console/%2e%2e/"
            })
    void noNameLeadsAnywhereElse(String path) throws Exception {
        assertThat(console.newPage().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void theAddressWithoutItsSlashLeadsToThePage() throws Exception {
        HttpResponse<String> moved = console.newPage().get("/console");

        assertThat(moved.statusCode()).isEqualTo(308);
        assertThat(moved.headers().firstValue("Location")).contains("/console/");
    }

    @Test
    void everyAnswerHasTheHeaderLinesThatProtect() throws Exception {
        PageClient page = console.newPage();
        List<HttpResponse<String>> answers = List.of(
                page.get(LIBRARY),
                page.get("/console/none.js"),
                page.get("/console"),
                page.ask("policy"),
                page.post("enter", "{"),
                page.post("apply", "{}"),
                page.post("enter", "{\"code\":\"" + console.code(Right.WRITE) + "\"}"),
                page.ask("policy"),
                page.ask("broken"),
                page.with("Origin", "http://evil.example").ask("policy"),
                page.ask("changes"));

        assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 308, 400, 401, 403, 404, 500);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .contains("default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy"))
                    .contains("same-origin");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("same-origin");
        });
    }

    @Test
    void noCacheKeepsAnAnswer() throws Exception {
        assertThat(console.newPage().ask("policy").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }
}
