package io.secgroupd.controlplane.fleet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.ManifestSignature;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is where the operator is, and on no control server. */
class SignedRolloutTest {

    private static final String REGISTERED = """
            version: 1
            include: [registered.yaml]
            instances: { web-1: { addresses: registered } }
            """;

    @TempDir
    private Path directory;

    private KeyPair keys;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** A host that takes what is signed, and refuses all else, and one revision that is signed. */
    private Optional<String> judge(FeedHost feed, Pointer pointer, long refused) {
        try {
            byte[] manifest = feed.get("/v1/pieces/" + pointer.manifest()).body();
            boolean signed = pointer.signature().isPresent()
                    && ManifestSignature.verify(
                            List.of(keys.getPublic()),
                            manifest,
                            pointer.signature().get());
            return signed && pointer.serial() != refused ? Optional.empty() : Optional.of("no");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long publish(FleetFixture server, String text) throws IOException {
        return publish(server, text, keys.getPrivate());
    }

    private static long publish(FleetFixture server, String text, PrivateKey key) throws IOException {
        Revision base = server.desk.current();
        PolicyFiles files = base.files().with(Map.of(base.files().first(), text.getBytes(UTF_8)));
        return server.desk
                .publish(
                        base,
                        files,
                        PolicyReader.read(files),
                        new Origin("ann", "test", Instant.now()),
                        Optional.empty(),
                        Optional.of(key))
                .orElseThrow();
    }

    @Test
    void whatTheOperatorHasSignedIsTaken() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost feed = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            try (var host = new FollowingHost(feed, pointer -> judge(feed, pointer, 0))) {
                assertThat(publish(server, FleetFixture.policy(1))).isEqualTo(2);

                await().until(() -> host.inForce() == 2);
            }
        }
    }

    @Test
    void theWayBackIsSignedWithTheRevision() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost feed = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            try (var host = new FollowingHost(feed, pointer -> judge(feed, pointer, 2))) {
                publish(server, FleetFixture.policy(1));

                await().until(() -> host.inForce() == 3);
                assertThat(server.store.history(1).get(0).origin().author()).isEqualTo("fleet");
            }
        }
    }

    @Test
    void aReturnThatIsRefusedTooIsNotTakenBackAgainAndAgain() throws Exception {
        try (var server = new FleetFixture(directory)) {
            FeedHost feed = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            try (var host = new FollowingHost(feed, pointer -> judge(feed, pointer, 0))) {
                await().until(() -> server.fleet.counts().connected() == 1);
                server.publish(FleetFixture.policy(1)); // unsigned, as by an AWS client

                server.awaitRollout(rollout -> rollout.serial() == 3 && rollout.stage() == Stage.FAILED);
                publish(server, FleetFixture.policy(2));
                await().until(() -> host.inForce() == 4);
            }
        }
    }

    @Test
    void aRollbackIsSignedWithTheAddressesThatAreRegisteredNow() throws Exception {
        Path registered = Files.writeString(directory.resolve("registered.yaml"), "version: 1\n");
        Path rules = Files.writeString(directory.resolve("rules.yaml"), REGISTERED);
        try (var server = new FleetFixture(directory)) {
            FeedHost feed = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            try (var host = new FollowingHost(feed, pointer -> judge(feed, pointer, 0))) {
                String now = "version: 1\nregistered:\n  web-1: [10.0.0.7]\n";
                Revision base = server.store.current();
                var origin = new Origin("ann", "test", Instant.now());
                byte[] changed = (REGISTERED + "# changed\n").getBytes(UTF_8);
                server.store.put(base, Map.of(rules, changed, registered, now.getBytes(UTF_8)), origin);

                long made = server.desk.rollBack(Optional.of(1L), origin, Optional.of(keys.getPrivate()));

                await().until(() -> host.inForce() == made);
                byte[] kept = server.store.current().files().content(registered).orElseThrow();
                assertThat(new String(kept, UTF_8)).isEqualTo(now);
            }
        }
    }

    private Path keyOfTheServer() throws IOException {
        String body = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
        Path file = directory.resolve("sign.pem");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aRevisionByAnotherKeyIsTakenBackByTheKeyOfTheControlServer() throws Exception {
        PrivateKey other =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        var settings = new FleetSettings(Optional.of(keyOfTheServer()), FleetFixture.QUICK, 64);
        try (var server = new FleetFixture(directory, settings)) {
            FeedHost feed = server.enrol("web1");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            try (var host = new FollowingHost(feed, pointer -> judge(feed, pointer, 0))) {
                await().until(() -> host.inForce() == 1);
                publish(server, FleetFixture.policy(1), other);

                await().until(() -> host.inForce() == 3);
                assertThat(server.store.history(1).get(0).origin().author()).isEqualTo("fleet");
            }
        }
    }
}
