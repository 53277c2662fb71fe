package io.secgroupd.daemon.faults;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.PullProcess;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * etcd or a directory, a control server and {@code pull} beside the daemon of a scene, on the loopback of its host, which nobody
 * judges.
 */
final class ControlPlane {

    /** What the daemon needs for {@code pull}. */
    static final String SOCKET = "pull: { group: root }";

    private static final String ENDPOINT = "http://127.0.0.1:2379";
    private static final String PEER = "http://127.0.0.1:2380";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Scene scene;
    private final Path directory;
    private final Path etcdLog;
    private final List<String> serverBy;
    private final List<String> pullBy;
    private final String servers;
    private @Nullable Process etcd;
    private ControlServerProcess server;
    private PullProcess pull;

    /** Starts all of it with etcd, and waits until the host follows. */
    ControlPlane(Scene scene) throws IOException, InterruptedException {
        this(scene, List.of(), List.of(), Optional.empty());
    }

    /** The same with the state of {@code pull} on a disk. */
    static ControlPlane withPullOn(SmallDisk disk, Scene scene) throws IOException, InterruptedException {
        return new ControlPlane(scene, List.of(), disk.wrapper(), Optional.empty());
    }

    /** The same without etcd: the control server has its policy and its state on a disk. */
    static void withServerOn(SmallDisk disk, Path place, Scene scene) throws IOException, InterruptedException {
        Path policy = place.resolve("policy");
        Files.createDirectories(disk.seen(policy));
        Files.copy(scene.host.rulesFile, disk.seen(policy.resolve("rules.yaml")));
        var unused = new ControlPlane(scene, disk.wrapper(), List.of(), Optional.of(policy));
    }

    private ControlPlane(Scene scene, List<String> serverBy, List<String> pullBy, Optional<Path> policy)
            throws IOException, InterruptedException {
        this.scene = scene;
        this.serverBy = serverBy;
        this.pullBy = pullBy;
        directory = scene.host.directory;
        etcdLog = directory.resolve("etcd.log");
        String trusted = makeKey("sign.pem");
        makeKey("other.pem");
        String store = policy.isPresent() ? "{ directory: " + policy.get() + " }" : storeOfEtcd();
        server = ControlServerProcess.startOn(
                scene.host.server,
                serverBy,
                store,
                directory,
                "sign_with: sign.pem\nrollout: { steps: 100%, hold: 1s }\n");
        Path token = Files.writeString(directory.resolve("pull.token"), run("enrol web") + "\n");
        secret(token);
        servers = "servers: [\"http://127.0.0.1:9471\"]\nhost: web\ntoken_file: " + token + "\ntrust: [" + trusted
                + "]\n";
        scene.awaitUntil("the socket for pull", () -> Files.exists(directory.resolve("pull.sock")));
        pull = startPull();
        pull.awaitLog("pull.in_force serial=1");
    }

    private String storeOfEtcd() throws IOException {
        Path initial = Files.createDirectory(directory.resolve("initial"));
        Files.copy(scene.host.rulesFile, initial.resolve("rules.yaml"));
        etcd = startEtcd();
        return "{ etcd: { endpoints: [\"" + ENDPOINT + "\"], initial: initial/rules.yaml } }";
    }

    /** Makes a key that signs. Returns the public half, as settings have it. */
    private String makeKey(String name) throws IOException {
        Path file = directory.resolve(name);
        scene.host.server.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", file.toString());
        secret(file);
        return scene.host
                .server
                .run("openssl", "pkey", "-in", file.toString(), "-pubout")
                .replaceAll("(?m)^---.*$", "")
                .strip();
    }

    private static void secret(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Process startEtcd() throws IOException {
        var builder = new ProcessBuilder(
                "etcd",
                "--data-dir=" + directory.resolve("etcd"),
                "--quota-backend-bytes=" + EtcdSpace.QUOTA,
                "--listen-client-urls=" + ENDPOINT,
                "--advertise-client-urls=" + ENDPOINT,
                "--listen-peer-urls=" + PEER,
                "--initial-advertise-peer-urls=" + PEER,
                "--initial-cluster=default=" + PEER);
        builder.redirectErrorStream(true).redirectOutput(etcdLog.toFile());
        Process started = scene.host.server.start(builder);
        await("etcd")
                .atMost(PATIENCE)
                .until(() -> Files.readString(etcdLog).contains("ready to serve client requests"));
        return started;
    }

    private PullProcess startPull() throws IOException {
        return PullProcess.start(
                scene.host.server, pullBy, servers, scene.host.rulesFile, directory.resolve("pull.sock"), directory);
    }

    /** Runs {@code secgroupd fleet} where the control server runs. Returns what it says on standard output. */
    String run(String arguments) {
        String state = "STATE_DIRECTORY=" + directory.resolve("control-state") + " ";
        String settings = " --control " + directory.resolve("control.yaml");
        List<String> words = new ArrayList<>(serverBy);
        words.addAll(
                List.of("sh", "-c", state + RunningDaemon.PROGRAM + " fleet " + arguments + settings + " 2>/dev/null"));
        return scene.host.server.run(words.toArray(String[]::new)).strip();
    }

    /** Publishes the next edit, with these options. */
    void publish(String... options) throws IOException {
        Path next = Files.writeString(directory.resolve("published.yaml"), scene.nextPolicy());
        run("publish " + next + " -m edit " + String.join(" ", options));
    }

    Scene scene() {
        return scene;
    }

    PullProcess pull() {
        return pull;
    }

    void killServer() {
        server.kill();
    }

    void startServer() throws IOException {
        server = ControlServerProcess.startAgain(scene.host.server, directory);
    }

    long serverPid() {
        return server.pid();
    }

    void restartPull() throws IOException {
        pull.kill();
        pull = startPull();
    }

    private Process etcd() {
        return Objects.requireNonNull(etcd, "the policy is in a directory");
    }

    void killEtcd() {
        etcd().destroyForcibly();
        etcd().onExit().join();
    }

    void startEtcdAgain() throws IOException {
        etcd = startEtcd();
    }

    long etcdPid() {
        return etcd().pid();
    }
}
