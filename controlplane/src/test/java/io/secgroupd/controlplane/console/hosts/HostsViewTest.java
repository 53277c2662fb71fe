package io.secgroupd.controlplane.console.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.ConsoleUser;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.Fleet;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.fleet.server.FleetSettings;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet as a page sees it and halts it. */
class HostsViewTest {

    private static final RolloutSettings STEPS =
            new RolloutSettings(RolloutSettings.parseSteps("1%,100%"), List.of("h1"), Duration.ofDays(1));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private PolicyStore store;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @SuppressWarnings("NullAway.Init")
    private FleetDesk desk;

    @BeforeEach
    void start() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
        fleet = Fleet.start(store, new FleetSettings(Optional.empty(), STEPS, 64), Clock.systemUTC());
        desk = new FleetDesk(store, Clock.systemUTC());
        var unused = desk.enrol("h1", List.of(), "ann");
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
        store.close();
    }

    @Test
    void aHostThatHasNotSpokenIsUnknown() throws IOException {
        JsonObject shown = object(new HostsView(desk).answer(call("{}")));

        assertThat(shown.objects("hosts")).singleElement().satisfies(host -> {
            assertThat(host.text("host")).isEqualTo("h1");
            assertThat(host.text("result")).isEqualTo("unknown");
            assertThat(host.flag("connected")).isFalse();
            assertThat(host.names()).doesNotContain("seen");
        });
    }

    @Test
    void aRolloutIsHaltedResumedAndTakenBack() throws IOException {
        publish("version: 1\nsecurity_groups: {sg-1: {inbound: []}}\n");
        long serial = store.current().serial();
        await().until(() -> desk.status()
                .rollout()
                .filter(rollout -> rollout.serial() == serial)
                .isPresent());

        JsonObject halted = rollout(act("{\"do\":\"halt\"}"));
        assertThat(halted.text("stage")).isEqualTo("halted");
        assertThat(halted.text("why")).isEqualTo("by ann, in the console");
        assertThat(halted.text("reason")).isEqualTo("test");
        assertThat(halted.number("steps")).hasValue(STEPS.count());
        assertThat(act("{\"do\":\"halt\"}").status()).isEqualTo(409);
        assertThat(rollout(act("{\"do\":\"resume\"}")).text("stage")).isEqualTo("running");

        act("{\"do\":\"rollback\",\"serial\":" + (serial - 1) + "}");

        assertThat(store.current().serial()).isGreaterThan(serial);
        assertThat(store.current().origin().author()).isEqualTo("ann");
        assertThat(store.current().read().policy().orElseThrow().securityGroups())
                .isEmpty();
    }

    @Test
    void whatCannotBeDoneIsRefused() throws IOException {
        assertThat(act("{\"do\":\"resume\"}").status()).isEqualTo(409);
        assertThat(new String(act("{\"do\":\"resume\"}").json(), UTF_8)).contains("No roll-out is halted");
        assertThatThrownBy(() -> act("{\"do\":\"dance\"}")).isInstanceOf(BadCallException.class);
    }

    private void publish(String text) throws IOException {
        var origin = new Origin("bob", "test", Clock.systemUTC().instant());
        var unused = store.put(store.current(), Map.of(directory.resolve("rules.yaml"), text.getBytes(UTF_8)), origin);
    }

    private ApiReply act(String body) throws IOException {
        return new RolloutView(desk, Optional.empty(), Clock.systemUTC()).answer(call(body));
    }

    private static ApiCall call(String body) {
        return new ApiCall(
                new ConsoleUser("ann", true), Map.of(), JsonObject.parse(body.getBytes(UTF_8)), Optional.empty());
    }

    private static JsonObject object(ApiReply reply) {
        return JsonObject.parse(reply.json());
    }

    private static JsonObject rollout(ApiReply reply) {
        return object(reply).object("rollout").orElseThrow();
    }
}
