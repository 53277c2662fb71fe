package io.secgroupd.controlplane.fleet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestSignature;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {

    @TempDir
    private Path directory;

    @Test
    void onlyAnEnrolledHostWithItsOwnTokenIsAnswered() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);

            assertThat(host.pointer().serial()).isEqualTo(1);
            assertThat(server.with(HostToken.make("web1")).get("/v1/pointer").statusCode())
                    .isEqualTo(401);
            assertThat(server.with(HostToken.make("web2")).get("/v1/pointer").statusCode())
                    .isEqualTo(401);
            assertThat(host.get("/v1/other").statusCode()).isEqualTo(404);

            assertThat(server.desk.dismiss("web1")).isTrue();
            await().until(() -> host.get("/v1/pointer").statusCode() == 401);
        }
    }

    @Test
    void anotherTokenEndsTheOneBefore() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost before = server.enrol("web1");
            FeedHost after = server.enrol("web1");

            await().until(() -> after.get("/v1/pointer").statusCode() == 200);
            assertThat(before.get("/v1/pointer").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whatAHostFetchesIsThePolicyByteForByte() throws Exception {
        String large = FleetFixture.EMPTY + "security_groups:\n" + "  # a comment that makes it longer\n".repeat(2000)
                + "  sg-a: {inbound: []}\n";
        Files.writeString(directory.resolve("rules.yaml"), large);
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);

            Manifest manifest = host.manifest(host.pointer());
            assertThat(new String(host.content(manifest, "rules.yaml"), UTF_8)).isEqualTo(large);
            assertThat(host.get("/v1/pieces/" + "0".repeat(64)).statusCode()).isEqualTo(404);
            assertThat(host.get("/v1/pieces/../rules").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aRevisionIsSignedWithTheKeyOfTheSettings() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = directory.resolve("sign.pem");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        try (var server = new FleetFixture(directory, new FleetSettings(Optional.of(file), FleetFixture.QUICK, 64))) {
            FeedHost host = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);

            Pointer pointer = host.pointer();
            byte[] manifest = host.get("/v1/pieces/" + pointer.manifest()).body();
            assertThat(ManifestSignature.verify(
                            List.of(keys.getPublic()),
                            manifest,
                            pointer.signature().orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void whoWaitsIsToldOfTheNextRevision() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            Pointer first = host.pointer();
            CompletableFuture<Pointer> next = host.pointerAfter(first.tag());

            server.publish(FleetFixture.policy(1));

            assertThat(next.get().serial()).isEqualTo(2);
            assertThat(host.report(Result.IN_FORCE, next.get(), "")).isEqualTo(200);
            assertThat(server.desk.status().hosts())
                    .singleElement()
                    .extracting(HostState::host, HostState::inForce)
                    .containsExactly("web1", 2L);
        }
    }

    @Test
    void aHostThatWaitsIsConnectedAndOneThatIsGoneIsNot() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            assertThat(server.fleet.counts().connected()).isZero();

            CompletableFuture<Pointer> waiting =
                    host.pointerAfter(host.pointer().tag());
            await().until(() -> server.fleet.counts().connected() == 1);
            assertThat(waiting).isNotDone();
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenTheServerEnds() throws Exception {
        CompletableFuture<Pointer> waiting;
        try (var server = new FleetFixture(directory)) {
            FeedHost host = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            waiting = host.pointerAfter(host.pointer().tag());
            await().until(() -> server.fleet.counts().connected() == 1);
        }
        assertThat(waiting.get().serial()).isEqualTo(1);
    }
}
