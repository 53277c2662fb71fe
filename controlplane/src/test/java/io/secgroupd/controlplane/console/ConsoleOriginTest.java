package io.secgroupd.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.Right;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of others change nothing, although a browser may send the cookie along. */
class ConsoleOriginTest extends ConsoleFixture {

    @SuppressWarnings("NullAway.Init")
    private PageClient page;

    @BeforeEach
    void enter() throws IOException, InterruptedException {
        page = console.newPage().enter(console.code(Right.WRITE));
    }

    private void assertForbidden() throws IOException, InterruptedException {
        assertThat(page.post("apply", "{}").statusCode()).isEqualTo(403);
        assertThat(console.changes()).isZero();
    }

    @Test
    void ourOwnPageChangesSomething() throws Exception {
        assertThat(page.post("apply", "{}").statusCode()).isEqualTo(200);
        assertThat(console.changes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "", "http://127.0.0.1:1", "http://127.0.0.1", "http://localhost:1"
            })
    void anotherOriginIsForbidden(String origin) throws Exception {
        page.with("Sec-Fetch-Site", null).with("Origin", origin);

        assertForbidden();
    }

    @Test
    void ourHostByAnotherSchemeIsAnotherOrigin() throws Exception {
        page.with("Origin", "https://127.0.0.1:" + console.address().getPort());

        assertForbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "SAME-ORIGIN", "same-origin, cross-site"})
    void anotherSiteIsForbiddenWhateverTheOriginSays(String site) throws Exception {
        page.with("Sec-Fetch-Site", site);

        assertForbidden();
    }

    @Test
    void whoSaysNothingOfWhereFromIsForbidden() throws Exception {
        page.with("Sec-Fetch-Site", null).with("Origin", null);

        assertForbidden();
    }

    @ParameterizedTest
    @CsvSource({",", "'',", "x,"})
    void withoutTheTokenNothingIsChanged(String token) throws Exception {
        page.with("X-Secgroupd-Token", token);

        assertForbidden();
    }

    @Test
    void theTokenOfAnotherSessionIsForbidden() throws Exception {
        PageClient other = console.newPage().enter(console.code(Right.WRITE));
        page.with("Cookie", other.cookie());

        assertForbidden();
    }

    @Test
    void pagesOfOthersCannotEnter() throws Exception {
        String code = "{\"code\":\"" + console.code(Right.WRITE) + "\"}";

        assertThat(console.newPage()
                        .with("Origin", "http://evil.example")
                        .post("enter", code)
                        .statusCode())
                .isEqualTo(403);
        assertThat(console.newPage()
                        .with("Sec-Fetch-Site", "cross-site")
                        .post("enter", code)
                        .statusCode())
                .isEqualTo(403);
        assertThat(console.newPage().post("enter", code).statusCode())
                .as("the code is unspent")
                .isEqualTo(200);
    }

    @Test
    void pagesOfOthersAreToldNothing() throws Exception {
        assertThat(page.with("Sec-Fetch-Site", "same-site").ask("policy").statusCode())
                .isEqualTo(403);
        assertThat(page.with("Sec-Fetch-Site", "cross-site").ask("changes").statusCode())
                .isEqualTo(403);
        assertThat(page.with("Sec-Fetch-Site", "none").ask("policy").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "get"})
    void otherMethodsChangeNothing(String method) throws Exception {
        int status = page.http()
                .send(
                        page.request("/console/api/apply")
                                .method(method, BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();

        assertThat(status).isEqualTo(404);
        assertThat(console.changes()).isZero();
    }

    @Test
    void aNameThatLeadsHereIsNotThisServer() throws IOException {
        try (var socket =
                new Socket(console.address().getAddress(), console.address().getPort())) {
            String request =
                    "GET /console/api/policy HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\nCookie: "
                            + page.cookie() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("alice");
        }
    }
}
