package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.feed.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key by which an operator signs a revision, when the control servers have none. */
final class SignOption {

    @Option(
            names = "--sign-with",
            paramLabel = "KEY",
            description = "Sign with this private key of Ed25519, which no control server needs to have then.")
    private @Nullable Path file;

    Optional<PrivateKey> key() throws IOException {
        return file == null ? Optional.empty() : Optional.of(SigningKeys.privateKey(file));
    }
}
