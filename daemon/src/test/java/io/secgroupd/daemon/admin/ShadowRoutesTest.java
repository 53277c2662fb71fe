package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin socket says and takes about a candidate that is judged beside the policy in force. */
class ShadowRoutesTest {

    private static final byte[] FILE = "version: 1\n".getBytes(StandardCharsets.UTF_8);

    private final FakeDaemon daemon = new FakeDaemon();
    private final AdminRoutes routes = new AdminRoutes(daemon);

    @BeforeEach
    void begin() {
        daemon.shadow.judged = true;
    }

    @Test
    void theReportForPeopleHasBothDecisionsOfEachDifferenceWithTheirPlaces() {
        daemon.shadow.accepted = Set.of(FakeShadow.ALLOWED.id());

        assertThat(text("/shadow"))
                .startsWith("new.yaml (fedcba987654), begun by ada\njudged since 2026-11-22T12:00:00Z (")
                .contains("\n12,345 connections: 1,200 newly refused in 1 way, 1 newly allowed in 1 way\n")
                .contains("NEWLY REFUSED\n" + FakeShadow.REFUSED.id() + "  1,200x  first ")
                .contains("          flow       tcp 80, such as 198.51.100.7 -> 10.0.1.10\n"
                        + "          in force   ingress web by sgr-1 sg-web rules.yaml:5  tcp 80 from any\n"
                        + "          candidate  ingress web no-matching-rule; nearest sgr-2 sg-web tcp 81 from any:"
                        + " port differs (new.yaml:6)\n")
                .containsPattern("NEWLY ALLOWED\n" + FakeShadow.ALLOWED.id() + "  1x  first .* ago, accepted\n");
    }

    @Test
    void theReportForProgramsHasTheSame() {
        assertThat(json("/shadow"))
                .startsWith("{\"shadow\":{\"hash\":\"fedcba9876543210\",\"name\":\"new.yaml\",\"by\":\"ada\",")
                .contains(
                        "\"connections\":12345,\"newly_refused\":1200,\"newly_allowed\":1,\"distinct\":2,\"not_accepted\":2")
                .contains("{\"id\":\"" + FakeShadow.ALLOWED.id() + "\",\"kind\":\"newly-allowed\",\"protocol\":\"tcp\"")
                .contains("\"in_force\":{\"direction\":\"ingress\",\"instance\":\"web\",\"reason\":\"rule\"");
    }

    @Test
    void withoutACandidateThereIsNothingToTell() {
        daemon.shadow.judged = false;

        assertThat(text("/shadow")).contains("no candidate is judged");
        assertThat(json("/shadow")).isEqualTo("{\"shadow\":null}\n");
        assertThat(text("/status")).doesNotContain("shadow");
        assertThat(new DaemonMetrics(daemon).scrape().lines()).noneMatch(line -> line.startsWith("secgroupd_shadow_"));
    }

    @Test
    void statusAndMetricsTellItInShort() {
        assertThat(text("/status"))
                .containsPattern("shadow +new.yaml")
                .contains(FakeShadow.REFUSED.id() + " newly-refused 1200x tcp 80");
        assertThat(new DaemonMetrics(daemon).scrape().lines())
                .contains(
                        "secgroupd_shadow_connections_total 12345.0",
                        "secgroupd_shadow_differences_total{group=\"sg-web\",kind=\"newly-refused\",rule=\"sgr-1\"} 1200.0",
                        "secgroupd_shadow_differences_total{group=\"sg-web\",kind=\"newly-allowed\",rule=\"sgr-2\"} 1.0",
                        "secgroupd_shadow_faults_total 0.0",
                        "secgroupd_shadow_began_timestamp_seconds 1.7953488E9");
    }

    @Test
    void requestsAreUnderstood() {
        post("/shadow/begin?for=3600&name=new.yaml&by=ada", FILE);
        post("/shadow/accept?accept=0123abcd&accept=4567cdef");
        post("/shadow/promote?confirm=30&if_quiet=604800&accept=0123abcd");
        post("/shadow/promote?confirm=30&over_edit=true");
        post("/shadow/drop");

        assertThat(daemon.shadow.asked)
                .containsExactly(
                        "begin new.yaml PT1H ada",
                        "accept [0123abcd, 4567cdef]",
                        "promote PT30S PT168H [0123abcd] false",
                        "promote PT30S at once [] true",
                        "drop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shadow/begin",
                "/shadow/begin?for=0",
                "/shadow/begin?for=31536001",
                "/shadow/accept",
                "/shadow/accept?accept=all",
                "/shadow/promote",
                "/shadow/promote?confirm=30&if_quiet=soon",
                "/shadow/promote?confirm=30&accept=all"
            })
    void whatMakesNoSenseIsAnsweredWithHowToAsk(String uri) {
        Answer answer = post(uri, FILE);

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.body()).contains("use POST /shadow/");
        assertThat(daemon.shadow.asked).isEmpty();
    }

    @Test
    void aCandidateWithoutContentIsNone() {
        assertThat(post("/shadow/begin?for=60").status().code()).isEqualTo(400);
    }

    @Test
    void aRefusalHasItsProblems() {
        daemon.shadow.judged = false;
        Answer refused = post("/shadow/begin?for=60", FILE);

        assertThat(refused.status().code()).isEqualTo(422);
        assertThat(refused.body()).contains("\"done\":false", "\"problems\":[\"new.yaml:1:1: error\"]");
    }

    @Test
    void theGroupMayReadAndRootAloneMayChange() {
        assertThat(AdminRoutes.refusal(request(HttpMethod.GET, "/shadow"), Access.READ))
                .isNull();
        for (String path : Set.of("/shadow/begin", "/shadow/accept", "/shadow/promote", "/shadow/drop")) {
            for (Access access : Set.of(Access.READ, Access.CONTROL, Access.PULL)) {
                assertThat(AdminRoutes.refusal(request(HttpMethod.POST, path), access))
                        .as(path + " " + access)
                        .extracting(refused -> refused.status().code())
                        .isEqualTo(403);
            }
        }
    }

    private String text(String uri) {
        FullHttpRequest request = request(HttpMethod.GET, uri);
        request.headers().set(HttpHeaderNames.ACCEPT, "text/plain");
        return routes.answer(request, new byte[0], Access.READ).body();
    }

    private String json(String uri) {
        return routes.answer(request(HttpMethod.GET, uri), new byte[0], Access.READ)
                .body();
    }

    private Answer post(String uri, byte... body) {
        return routes.answer(request(HttpMethod.POST, uri), body, Access.CHANGE);
    }

    private static FullHttpRequest request(HttpMethod method, String uri) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri, Unpooled.EMPTY_BUFFER);
    }
}
