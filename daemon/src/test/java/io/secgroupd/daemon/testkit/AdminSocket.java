package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The admin socket of a running daemon, asked by another program than ours, as a monitoring agent would. */
public final class AdminSocket {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NetworkNamespace host;
    private final Path path;

    private AdminSocket(NetworkNamespace host, Path path) {
        this.host = host;
        this.path = path;
    }

    /** Waits until it is there: packets are judged before. */
    public static AdminSocket await(NetworkNamespace host, Path directory) {
        Path path = directory.resolve(host.name() + ".sock");
        Awaitility.await("the admin socket").atMost(PATIENCE).until(() -> isAnswered(path));
        return new AdminSocket(host, path);
    }

    /** A daemon that was killed has left the file. */
    private static boolean isAnswered(Path path) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Asks by GET and returns the body.
     *
     * @param options for curl, before the path
     */
    public String get(String what, String... options) {
        var command = new ArrayList<>(List.of("curl", "-s", "--unix-socket", path.toString()));
        command.addAll(List.of(options));
        command.add("http://localhost/" + what);
        return host.run(command.toArray(String[]::new));
    }

    public Exposition metrics() {
        return Exposition.parse(get("metrics"));
    }
}
