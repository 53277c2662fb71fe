package io.secgroupd.daemon.e2e;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Cable;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.WirePacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client, a server behind a router, and the server's cable, onto which a test may put packets that no stack would send. */
final class JudgedHost implements AutoCloseable {

    static final String CLIENT_4 = "198.51.100.7";
    static final String CLIENT_6 = "2001:db8:ffff::7";
    static final String SERVER_4 = "10.0.1.10";
    static final String SERVER_6 = "2001:db8:1::10";

    final Network network = new Network();
    final NetworkNamespace client = network.addHost("client", CLIENT_4, CLIENT_6);
    final NetworkNamespace server = network.addHost("server", SERVER_4, SERVER_6);
    final Cable cable = Cable.between(network.router(), "port2", server, "eth0");

    /** Starts a daemon on the server. */
    RunningDaemon start(Path directory, String rules, String... settings) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
        RunningDaemon daemon = RunningDaemon.start(server, file, directory, settings);
        await().ignoreExceptions().until(() -> !daemon.metrics().isEmpty());
        return daemon;
    }

    Tally tally(RunningDaemon daemon) {
        return Tally.of(server, daemon);
    }

    /** A packet of the client to the server's address of this family. */
    static WirePacket toServer(int family) {
        return family == 4 ? WirePacket.of(CLIENT_4, SERVER_4) : WirePacket.of(CLIENT_6, SERVER_6);
    }

    static String server(int family) {
        return family == 4 ? SERVER_4 : SERVER_6;
    }

    static String client(int family) {
        return family == 4 ? CLIENT_4 : CLIENT_6;
    }

    /** Connects, however long the machine takes for it. */
    static void assertOpen(NetworkNamespace from, String to, int port) {
        TcpClient.in(from).assertOpen(to, port);
    }

    /** One SYN, unanswered; that it was judged is for the counters to say. */
    static void assertShut(NetworkNamespace from, String to, int port) {
        TcpClient.in(from).assertShut(to, port);
    }

    @Override
    public void close() {
        cable.close();
        network.close();
    }
}
