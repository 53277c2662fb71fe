package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestSignature;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedRevisionTest {

    @TempDir
    private Path directory;

    private FakeServer server;
    private FleetHost host;
    private KeyPair keys;
    private KeyPair others;

    @BeforeEach
    void setUp() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server = new FakeServer();
        host = new FleetHost(directory, server.token.text());
        host.start(host.settings(List.of(server.address()), List.of(keys.getPublic())), step -> {});
    }

    @AfterEach
    void tearDown() {
        host.close();
        server.close();
    }

    private HostReport follow(Optional<KeyPair> signer, String tag) throws InterruptedException {
        Manifest manifest = server.keep(1, Map.of("rules.yaml", "version: 1\n# signed\n"));
        Optional<String> signature = signer.map(pair -> ManifestSignature.sign(pair.getPrivate(), manifest.bytes()));
        server.point(new Pointer(1, 0, manifest.hash(), signature, tag));
        return server.report();
    }

    @Test
    void aRevisionOfATrustedKeyComesIntoForce() throws InterruptedException {
        assertThat(follow(Optional.of(keys), "a").result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void anotherIsRefusedUntilItIsSigned() throws InterruptedException {
        HostReport unsigned = follow(Optional.empty(), "a");
        assertThat(unsigned.result()).isEqualTo(Result.REFUSED);
        assertThat(unsigned.problem()).isEqualTo("The revision is not signed, and this host trusts signed ones alone.");
        assertThat(follow(Optional.of(others), "b").problem())
                .isEqualTo("The revision is signed by no key that this host trusts.");
        assertThat(host.daemon.calls()).isEmpty();
        assertThat(follow(Optional.of(keys), "c").result()).isEqualTo(Result.IN_FORCE);
    }
}
