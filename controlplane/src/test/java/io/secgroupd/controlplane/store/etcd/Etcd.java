package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real members of etcd on this host, each a process of its own. */
public final class Etcd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/etcd");

    private final Path directory;
    private final Optional<OwnCertificate> certificate;
    private final List<Integer> clientPorts = new ArrayList<>();
    private final List<Integer> peerPorts = new ArrayList<>();
    private final List<Optional<Process>> processes = new ArrayList<>();

    private Etcd(Path directory, Optional<OwnCertificate> certificate) {
        this.directory = directory;
        this.certificate = certificate;
    }

    /** Members that speak without TLS. */
    public static Etcd start(Path directory, int members) throws IOException {
        return start(directory, members, Optional.empty());
    }

    /** Members that, when there is a certificate, speak TLS alone, with clients and with each other, and ask for it. */
    static Etcd start(Path directory, int members, Optional<OwnCertificate> certificate) throws IOException {
        assumeThat(Files.isExecutable(PROGRAM))
                .as("%s is not installed: apt-get install etcd-server", PROGRAM)
                .isTrue();
        var etcd = new Etcd(directory, certificate);
        for (int i = 0; i < members; i++) {
            etcd.clientPorts.add(freePort());
            etcd.peerPorts.add(freePort());
            etcd.processes.add(Optional.empty());
        }
        for (int i = 0; i < members; i++) {
            etcd.startMember(i);
        }
        return etcd;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts a member that was killed, with what it had. */
    public void startMember(int member) throws IOException {
        String client = endpoint(member).toString();
        String peer = peer(member);
        var command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--name=m" + member,
                "--data-dir=" + directory.resolve("m" + member),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster="
                        + IntStream.range(0, peerPorts.size())
                                .mapToObj(i -> "m" + i + "=" + peer(i))
                                .collect(Collectors.joining(",")),
                "--heartbeat-interval=50",
                "--election-timeout=500"));
        certificate.ifPresent(own -> command.addAll(own.options()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("m" + member + ".log").toFile()))
                .start();
        processes.set(member, Optional.of(process));
    }

    URI endpoint(int member) {
        return URI.create(scheme() + "://127.0.0.1:" + clientPorts.get(member));
    }

    private String peer(int member) {
        return scheme() + "://127.0.0.1:" + peerPorts.get(member);
    }

    private String scheme() {
        return certificate.isPresent() ? "https" : "http";
    }

    /** How a store finds it. */
    public EtcdSettings settings(String prefix) {
        List<URI> endpoints =
                IntStream.range(0, clientPorts.size()).mapToObj(this::endpoint).toList();
        return new EtcdSettings(
                endpoints,
                prefix,
                certificate.map(OwnCertificate::ca),
                certificate.map(own -> new EtcdSettings.ClientCertificate(own.certificate(), own.key())),
                Optional.empty());
    }

    /** Waits until a majority answers. */
    public Etcd ready() throws IOException {
        try (EtcdStore store = EtcdStore.open(settings("/ready/"))) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> store.current() != null);
        }
        return this;
    }

    /** As a loss of power does it. */
    public void kill(int member) {
        processes.get(member).ifPresent(process -> {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        IntStream.range(0, processes.size()).forEach(this::kill);
    }
}
