package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that join while what a person has published is on its way to some of them. */
class EditionsTest {

    private static final String JOINED = "version: 1\nregistered:\n  web-1: [10.0.0.7]\n";
    private static final String CHANGED = MembershipFixture.RULES + "# changed\n";

    /** One host is first, and nobody else gets a revision before the test has seen what it wants to see. */
    private static final RolloutSettings HELD =
            new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of("canary"), Duration.ofDays(1));

    @TempDir
    private Path directory;

    private FleetFixture server;
    private FollowingHost canary;
    private FollowingHost web;
    private volatile Function<Pointer, Optional<String>> webRefuses = pointer -> Optional.empty();

    @BeforeEach
    void joinFleet() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), MembershipFixture.RULES);
        Files.writeString(directory.resolve("registered.yaml"), "version: 1\n");
        server = new FleetFixture(directory, new FleetSettings(Optional.empty(), HELD, 64));
        canary = new FollowingHost(server.enrol("canary"), pointer -> Optional.empty());
        web = new FollowingHost(server.enrol("web1", List.of("web-1")), pointer -> webRefuses.apply(pointer));
    }

    @AfterEach
    void end() throws IOException {
        canary.close();
        web.close();
        server.close();
    }

    /** The revision 2 is everywhere; the next one has reached the first host, and stays there. */
    private void beginRollout() throws Exception {
        server.awaitRollout(rollout -> rollout.serial() == 1);
        server.publish(MembershipFixture.RULES + "# one\n");
        server.awaitRollout(rollout -> rollout.serial() == 2);
        finish();
        server.publish(CHANGED);
        server.awaitRollout(rollout -> rollout.serial() == 3);
        await().until(() -> canary.inForce() == 3 && web.inForce() == 2);
    }

    /** Has the roll-out go on to its end, as when the time of its step is over. */
    private void finish() throws IOException {
        server.endStep();
        server.awaitRollout(rollout -> rollout.step() == 1);
        server.endStep();
        server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
    }

    private String registered(FollowingHost host) throws Exception {
        Manifest manifest = host.feed().manifest(host.feed().pointer());
        return new String(host.feed().content(manifest, "registered.yaml"), StandardCharsets.UTF_8);
    }

    private List<IpAddress> written() throws IOException {
        Revision newest = server.store.current();
        return Objects.requireNonNull(
                        newest.read().policy().orElseThrow().instances().get("web-1"))
                .addresses();
    }

    @Test
    void aJoinIsVisibleToAllAtOnceAndTheRolloutStaysWhereItIs() throws Exception {
        beginRollout();
        Rollout before = server.awaitRollout(rollout -> rollout.serial() == 3);

        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);

        await().until(() -> canary.edition() == 1 && web.edition() == 1);
        assertThat(registered(canary)).isEqualTo(JOINED);
        assertThat(registered(web)).isEqualTo(JOINED);
        assertThat(canary.inForce()).isEqualTo(3);
        assertThat(web.inForce()).isEqualTo(2);
        Rollout after = server.awaitRollout(rollout -> rollout.editionNumber() == 1);
        assertThat(after.in(Optional.empty())).isEqualTo(before);
        assertThat(server.store.current().serial()).isEqualTo(3);
        assertThat(written()).isEmpty();
    }

    @Test
    void theRevisionAfterTheRolloutSaysWhoHasJoined() throws Exception {
        beginRollout();
        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);
        await().until(() -> canary.edition() == 1 && web.edition() == 1);

        finish();

        await().until(() -> server.store.current().serial() == 4);
        assertThat(written()).hasToString("[10.0.0.7]");
        await().until(() -> canary.inForce() == 4 && web.inForce() == 4);
        Rollout last = server.awaitRollout(rollout -> rollout.serial() == 4);
        assertThat(last.edition()).isEmpty();
        assertThat(registered(web)).isEqualTo(JOINED);
    }

    @Test
    void whileARolloutIsHaltedHostsJoinToo() throws Exception {
        beginRollout();
        server.desk.halt("let me look");
        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);

        await().until(() -> canary.edition() == 1 && web.edition() == 1);
        Rollout halted = server.awaitRollout(rollout -> rollout.editionNumber() == 1);
        assertThat(halted.stage()).isEqualTo(Stage.HALTED);
        assertThat(halted.why()).isEqualTo("let me look");
    }

    @Test
    void aRevisionOnTopOfOneThatIsOnItsWayHasThemToo() throws Exception {
        beginRollout();
        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);
        await().until(() -> canary.edition() == 1 && web.edition() == 1);

        server.publish(CHANGED + "# once more\n");

        await().until(() -> canary.inForce() == 4);
        assertThat(registered(canary)).isEqualTo(JOINED);
        assertThat(registered(web)).isEqualTo(JOINED);
    }

    @Test
    void whatAPersonHasChangedOnTheWayIsNotSeenElsewhere() throws Exception {
        beginRollout();
        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);
        await().until(() -> canary.edition() == 1 && web.edition() == 1);

        server.publish(CHANGED.replace("web-1: { addresses: registered }", "web-1: { addresses: [10.0.0.70] }"));
        await().until(() -> canary.inForce() == 4);
        try (var second = new FollowingHost(server.enrol("web2", List.of("web-2")), pointer -> Optional.empty())) {
            assertThat(second.feed().addresses("10.0.0.8").statusCode()).isEqualTo(200);
            await().until(() -> registered(second).contains("web-2"));
        }

        assertThat(registered(web)).isEqualTo(JOINED + "  web-2: [10.0.0.8]\n");
        await().until(() -> registered(canary).equals("version: 1\nregistered:\n  web-2: [10.0.0.8]\n"));
    }

    @Test
    void anEditionThatAHostRefusesIsTakenBackAndTheRolloutGoesOn() throws Exception {
        beginRollout();
        webRefuses = pointer -> pointer.edition() == 1 ? Optional.of("no such peer") : Optional.empty();
        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);

        await().until(() -> canary.edition() == 2 && web.edition() == 2);
        assertThat(registered(canary)).doesNotContain("web-1");
        assertThat(registered(web)).doesNotContain("web-1");
        Rollout rollout = server.awaitRollout(found -> found.editionNumber() == 2);
        assertThat(rollout.stage()).isEqualTo(Stage.RUNNING);
        assertThat(rollout.serial()).isEqualTo(3);

        finish();
        await().until(() -> written().toString().equals("[10.0.0.7]"));
    }

    @Test
    void whatIsTakenBackKeepsThoseWhoHaveJoined() throws Exception {
        beginRollout();
        assertThat(web.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);
        await().until(() -> canary.edition() == 1 && web.edition() == 1);
        canary.close();
        try (var refusing = new FollowingHost(
                canary.feed(), pointer -> pointer.serial() == 4 ? Optional.of("it harms") : Optional.empty())) {
            server.publish(CHANGED + "# harms\n");

            Rollout back = server.awaitRollout(rollout -> rollout.serial() == 5);
            assertThat(back.why()).startsWith("takes back revision 4: canary has refused revision 4");
            assertThat(written()).hasToString("[10.0.0.7]");
            await().until(() -> refusing.inForce() == 5);
            assertThat(registered(refusing)).isEqualTo(JOINED);
            assertThat(registered(web)).isEqualTo(JOINED);
            assertThat(web.inForce()).as("3 was tried by the first host alone").isEqualTo(2);
        }
    }
}
