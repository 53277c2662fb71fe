package io.secgroupd.controlplane.fleet.host;

import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a host of a fleet.
 *
 * @param servers   the addresses of the control servers, of which any one will do; without a slash at their end
 * @param host      the name of this host in the fleet
 * @param tokenFile   holds what the control server knows this host by
 * @param certificate by which it knows the host instead; then there is no token
 * @param trust     keys of which one must have signed each revision; none when revisions need not be signed
 * @param ca        certificates that the server's is to be issued by, instead of those that Java trusts
 * @param rules     the file that the daemon follows
 * @param socket    the daemon's socket for this purpose
 * @param reports   whether the control server is told which addresses this host has
 */
public record PullSettings(
        List<URI> servers,
        String host,
        Path tokenFile,
        Optional<ClientCertificate> certificate,
        List<PublicKey> trust,
        Optional<Path> ca,
        Path rules,
        Path socket,
        boolean reports) {

    /** Where the token is unless the settings say something else. */
    public static final Path TOKEN_FILE = Path.of("/etc/secgroupd/pull.token");

    /** What the daemon follows unless its settings say something else. */
    public static final Path RULES = Path.of("/etc/secgroupd/rules.yaml");

    /** Where the daemon listens unless its settings say something else. */
    public static final Path SOCKET = Path.of("/run/secgroupd/pull.sock");

    public PullSettings {
        servers = List.copyOf(servers);
        trust = List.copyOf(trust);
    }
}
