package io.secgroupd.controlplane.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.console.host.ReplayOutcome;
import io.secgroupd.controlplane.console.host.ReplayOutcome.ReplayRow;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traffic of a host as pages ask about it, with the thread that answers them. */
class HostTrafficTest extends TrafficFixture {

    private static final String TOLD = """
            {"rules":[
            {"group":"sg-db","rule":"sgr-1","at":"rules.yaml:8","terms":"tcp 3306 from sg-app (10.0.0.1)",
             "since":"2026-01-01T00:00:01Z","hits":7,"first":"2026-01-01T00:00:02Z","last":"2026-01-01T00:00:03.5Z"},
            {"group":"sg-db","rule":"sgr-2","at":"rules.yaml:8","terms":"all to any",
             "since":"2026-01-01T00:00:00Z","hits":0,"first":null,"last":null}]}
            """;

    private Optional<PolicyFiles> draft = Optional.empty();

    @SuppressWarnings("NullAway.Init")
    private HostTraffic traffic;

    @BeforeEach
    void make() {
        traffic = new HostTraffic(host, store, (base, changes) -> draft, clock);
    }

    @AfterEach
    void close() {
        traffic.close();
    }

    @Test
    void aWaitingPageIsAnsweredByItself() throws Exception {
        CompletableFuture<ApiReply> waiting =
                Objects.requireNonNull(traffic.waiting().get("GET flows")).answer(get("after", "0"));
        host.write(GivenHost.accepted());

        assertThat(text(waiting.get(1, TimeUnit.MINUTES))).contains("\"flows\":[{\"n\":1,");
    }

    @Test
    void useIsToldWithWhatWasRefusedSinceThePageLooks() throws IOException {
        host.rules = Optional.of(TOLD);
        assertThat(text(answer("GET use", get()))).contains("\"refused\":[]");

        host.write(GivenHost.line("REJECT", "ingress", "db", "203.0.113.7", "10.0.0.2", 22));

        JsonObject use = object(answer("GET use", get()));
        assertThat(use.flag("daemon")).isTrue();
        assertThat(use.number("since")).hasValue(1_767_225_600_000L);
        assertThat(use.objects("rules").get(0).text("direction")).isEqualTo("ingress");
        assertThat(use.objects("rules").get(0).number("last")).hasValue(1_767_225_603_500L);
        assertThat(use.objects("rules").get(1).text("direction")).isEqualTo("egress");
        assertThat(use.objects("rules").get(1).names()).doesNotContain("first", "last");
        assertThat(use.objects("refused")).singleElement().satisfies(pair -> {
            assertThat(pair.text("from")).isEqualTo("pl-office");
            assertThat(pair.text("to")).isEqualTo("sg-db");
            assertThat(pair.number("last")).hasValue(clock.millis());
        });
    }

    @Test
    void withoutDaemonNothingIsUsed() throws IOException {
        try (var alone = new HostTraffic(ConsoleHost.NONE, store, (base, changes) -> draft, clock)) {
            ApiReply use =
                    Objects.requireNonNull(alone.handlers().get("GET use")).answer(get());
            CompletableFuture<ApiReply> flows =
                    Objects.requireNonNull(alone.waiting().get("GET flows")).answer(get());

            assertThat(text(use)).isEqualTo("{\"daemon\":false,\"since\":0,\"rules\":[],\"refused\":[]}");
            await().until(flows::isDone);
            assertThat(text(flows.join())).contains("\"daemon\":false");
        }
    }

    @Test
    void aReplayTellsWhatTheDraftChanges() throws IOException {
        draft = Optional.of(store.current().files());
        host.outcome = Optional.of(new ReplayOutcome(
                90,
                0,
                3,
                List.of(new ReplayRow(
                        "app", "db", "tcp", "3306", 3, "ACCEPT", "REJECT", Optional.of("sg-db: x"), Optional.empty())),
                List.of("one line is damaged")));

        ApiReply reply = answer("POST replay", post("{\"base\":\"abc\",\"changes\":[],\"hours\":2}"));

        assertThat(host.replayed).isEqualTo(Duration.ofHours(2));
        assertThat(text(reply))
                .isEqualTo(
                        "{\"flows\":90,\"now_accepted\":0,\"now_refused\":3,\"rows\":[{\"from\":\"app\",\"to\":\"db\","
                                + "\"protocol\":\"tcp\",\"port\":\"3306\",\"count\":3,\"before\":\"ACCEPT\",\"after\":\"REJECT\","
                                + "\"rule_before\":\"sg-db: x\",\"rule_after\":\"\"}],\"remarks\":[\"one line is damaged\"]}");
    }

    @Test
    void aReplayWithoutLogOrDraftIsRefusedWithTheReason() throws IOException {
        ApiCall call = post("{\"base\":\"abc\",\"changes\":[]}");
        assertThat(answer("POST replay", call).status()).isEqualTo(422);

        draft = Optional.of(store.current().files());

        assertThat(answer("POST replay", call).status()).isEqualTo(503);
        assertThat(text(answer("POST replay", call))).isEqualTo("{\"error\":\"No daemon runs.\"}");
        assertThat(host.replayed).isEqualTo(Duration.ofHours(24));
        assertThatThrownBy(() -> answer("POST replay", post("{\"base\":\"abc\",\"hours\":169}")))
                .isInstanceOf(BadCallException.class);
    }

    private ApiReply answer(String what, ApiCall call) throws IOException {
        return Objects.requireNonNull(traffic.handlers().get(what)).answer(call);
    }
}
