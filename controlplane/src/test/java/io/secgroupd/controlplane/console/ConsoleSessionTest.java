package io.secgroupd.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.Right;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a browser enters, is known, and leaves. */
class ConsoleSessionTest extends ConsoleFixture {

    @Test
    void aCodeBecomesASessionThatNoScriptCanRead() throws Exception {
        PageClient page = console.newPage();

        HttpResponse<String> entered = page.post("enter", "{\"code\":\"" + console.code(Right.WRITE) + "\"}");

        assertThat(entered.statusCode()).isEqualTo(200);
        assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("secgroupd_console=")
                .endsWith("; HttpOnly; SameSite=Strict; Path=/console/");
        assertThat(page.ask("session").body())
                .isEqualTo(entered.body())
                .contains("\"user\":\"alice (key ops)\",\"right\":\"write\"")
                .contains("\"idle_seconds\":900,\"store\":\"directory\",\"version\":\"1.2.3\"");
    }

    @Test
    void aCodeIsGoodOnceOverTwoServersAndTheSessionAtBoth() throws Exception {
        try (ServedConsole other = ServedConsole.start(store, clock)) {
            String code = console.code(Right.WRITE);
            PageClient page = console.newPage().enter(code);

            HttpResponse<String> again = other.newPage().post("enter", "{\"code\":\"" + code + "\"}");
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(other.newPage()
                            .with("Cookie", page.cookie())
                            .ask("policy")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "[]", "{\"code\":7}", "{\"code\":\"x\"} more", "{\"code\":{\"code\":\"x\"}}"})
    void whatIsNoCodeIsABadQuestion(String body) throws Exception {
        HttpResponse<String> refused = console.newPage().post("enter", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secgroupd_console=",
                "secgroupd_console",
                "secgroupd_console=e30.e30",
                "secgroupd_console=\"; secgroupd_console='--",
                "secgroupd_console=${jndi:ldap://127.0.0.1/x}",
                ";;;=;secgroupd_console==;",
                "other=1; SECGROUPD_CONSOLE=x",
                "secgroupd_console=%00%0d%0aSet-Cookie:x"
            })
    void hostileCookiesAreNoSession(String cookie) throws Exception {
        HttpResponse<String> refused = console.newPage().with("Cookie", cookie).ask("policy");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"There is no session, or it has ended: run secgroupd console.\"}");
    }

    @Test
    void aCookieOfAnotherServerOnThisHostDoesNotHideTheSession() throws Exception {
        PageClient page = console.newPage().enter(console.code(Right.WRITE));

        page.with("Cookie", "secgroupd_console=planted; " + page.cookie() + "; other=1");

        assertThat(page.ask("policy").statusCode()).isEqualTo(200);
    }

    @Test
    void useKeepsASessionAndWaitingDoesNot() throws Exception {
        PageClient page = console.newPage().enter(console.code(Right.WRITE));
        console.tellNews();
        String first = page.cookie();

        clock.goOn(Duration.ofMinutes(10));
        assertThat(page.ask("changes?after=1").headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(page.ask("use").headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.with("X-Secgroupd-By-Itself", "yes")
                        .ask("policy")
                        .headers()
                        .firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(page.with("X-Secgroupd-By-Itself", null)
                        .ask("policy")
                        .headers()
                        .firstValue("Set-Cookie"))
                .isPresent();
        clock.goOn(Duration.ofMinutes(10));

        assertThat(page.ask("policy").statusCode()).isEqualTo(200);
        assertThat(page.with("Cookie", first).ask("policy").statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionThatWasLeftIsOver() throws Exception {
        PageClient page = console.newPage().enter(console.code(Right.READ));
        String cookie = page.cookie();

        HttpResponse<String> left = page.post("leave", "{}");

        assertThat(left.statusCode()).isEqualTo(200);
        assertThat(left.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("secgroupd_console=;")
                .endsWith("Max-Age=0");
        assertThat(page.with("Cookie", cookie).ask("session").statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionThatMayOnlyLookChangesNothing() throws Exception {
        PageClient page = console.newPage().enter(console.code(Right.READ));

        assertThat(page.ask("session").body()).contains("\"right\":\"read\"");
        assertThat(page.post("why", "{}").statusCode()).isEqualTo(200);
        assertThat(page.post("apply", "{}").statusCode()).isEqualTo(403);
        assertThat(page.post("anything-new", "{}").statusCode()).isEqualTo(403);
        assertThat(console.changes()).isZero();
    }

    @Test
    void whoWaitsIsAnsweredWhenThereIsNews() throws IOException, InterruptedException {
        PageClient page = console.newPage().enter(console.code(Right.READ));

        CompletableFuture<HttpResponse<String>> waiting = page.http()
                .sendAsync(page.request("/console/api/changes?after=1").build(), BodyHandlers.ofString());
        assertThat(page.ask("policy").statusCode()).isEqualTo(200);
        assertThat(waiting).isNotDone();
        console.tellNews();

        assertThat(waiting.join().body()).isEqualTo("{\"tag\":\"2\"}");
        assertThat(console.newPage().ask("changes?after=1").statusCode()).isEqualTo(401);
    }

    @Test
    void whatCannotBeAnsweredIsSaid() throws Exception {
        PageClient page = console.newPage().enter(console.code(Right.READ));

        assertThat(page.ask("odd").body()).isEqualTo("{\"error\":\"That is odd.\"}");
        assertThat(page.ask("away").statusCode()).isEqualTo(503);
        assertThat(page.ask("broken").statusCode()).isEqualTo(500);
        assertThat(page.ask("broken").body()).doesNotContain("secret of the program");
        assertThat(page.ask("nothing").statusCode()).isEqualTo(404);
        assertThat(page.ask("policy?a=1&a=2").statusCode()).isEqualTo(400);
        assertThat(page.ask("policy?a=%25zz%26&b").body()).contains("\"query\":\"{a=%zz&}\"");
    }
}
