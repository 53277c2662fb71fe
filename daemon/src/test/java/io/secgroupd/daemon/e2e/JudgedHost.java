package io.secgroupd.daemon.e2e;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Cable;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.WirePacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client, a server behind a router, and the server's cable, onto which a test may put packets that no stack would send;
 * and a directory for the rules and the files of the daemons that the test starts on the server, of which the last one is
 * meant. A field {@code @AutoClose} ends all of it with the test, or with the suite where that has one instance.
 */
public final class JudgedHost implements AutoCloseable {

    public static final String CLIENT_4 = "198.51.100.7";
    public static final String CLIENT_6 = "2001:db8:ffff::7";
    public static final String SERVER_4 = "10.0.1.10";
    public static final String SERVER_6 = "2001:db8:1::10";

    public final Network network = new Network();
    public final NetworkNamespace client = network.addHost("client", CLIENT_4, CLIENT_6);
    public final NetworkNamespace server = network.addHost("server", SERVER_4, SERVER_6);
    public final Cable cable = Cable.between(network.router(), "port2", server, "eth0");
    public final Path directory = newDirectory();
    public final Path rulesFile = directory.resolve("rules.yaml");

    private @Nullable RunningDaemon daemon;

    /** Without a rules file. */
    public JudgedHost() {}

    public JudgedHost(String rules) {
        rules(rules);
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("judged-host");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the rules file in place. */
    public void rules(String text) {
        try {
            Files.writeString(rulesFile, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a daemon and waits until it judges packets and answers on its admin socket. */
    public RunningDaemon start(String... settings) {
        RunningDaemon started = launch(settings).awaitLog("daemon.ready");
        socket();
        return started;
    }

    /** Starts a daemon and waits for nothing. */
    public RunningDaemon launch(String... settings) {
        return launch(List.of(), settings);
    }

    /** Starts a daemon by a wrapper, such as {@code setpriv …}, and waits for nothing. */
    public RunningDaemon launch(List<String> wrapper, String... settings) {
        RunningDaemon launched = RunningDaemon.launch(server, wrapper, rulesFile, directory, settings);
        daemon = launched;
        return launched;
    }

    public RunningDaemon daemon() {
        return Objects.requireNonNull(daemon, "no daemon was started");
    }

    /** Waits until the daemon answers. */
    public AdminSocket socket() {
        return AdminSocket.await(server, directory);
    }

    public Tally tally() {
        return Tally.of(server, daemon());
    }

    /** The settings of the daemon, for commands. */
    public Path config() {
        return directory.resolve(server.name() + ".yaml");
    }

    public Path socketPath() {
        return directory.resolve(server.name() + ".sock");
    }

    /** The flow log, where the settings name no other. */
    public Path flowLog() {
        return directory.resolve(server.name() + "-flows.log");
    }

    /** What the daemon keeps over its end. */
    public Path state() {
        return directory.resolve(server.name() + "-state");
    }

    public TcpConnection connect(int port) {
        return TcpClient.in(client).connect(SERVER_4, port);
    }

    /** From the client, by IPv4. */
    public void assertOpen(int port) {
        assertOpen(client, SERVER_4, port);
    }

    /** From the client, by IPv4. */
    public void assertShut(int port) {
        assertShut(client, SERVER_4, port);
    }

    /** Of the ports 80 and 81. */
    public void assertOpenIsOnly(int port) {
        assertOpen(port);
        assertShut(port == 80 ? 81 : 80);
    }

    /** A packet of the client to the server's address of this family. */
    public static WirePacket toServer(int family) {
        return family == 4 ? WirePacket.of(CLIENT_4, SERVER_4) : WirePacket.of(CLIENT_6, SERVER_6);
    }

    public static String server(int family) {
        return family == 4 ? SERVER_4 : SERVER_6;
    }

    public static String client(int family) {
        return family == 4 ? CLIENT_4 : CLIENT_6;
    }

    /** Connects, however long the machine takes for it. */
    public static void assertOpen(NetworkNamespace from, String to, int port) {
        TcpClient.in(from).assertOpen(to, port);
    }

    /** One SYN, unanswered; that it was judged is for the counters to say. */
    public static void assertShut(NetworkNamespace from, String to, int port) {
        TcpClient.in(from).assertShut(to, port);
    }

    @Override
    public void close() {
        cable.close();
        network.close();
        remove(directory);
    }
}
