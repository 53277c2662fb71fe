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

/** etcd, a control server and {@code pull} beside the daemon of a scene, on the loopback of its host, which nobody judges. */
final class ControlPlane {

    private static final String ENDPOINT = "http://127.0.0.1:2379";
    private static final String PEER = "http://127.0.0.1:2380";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Scene scene;
    private final Path directory;
    private final Path etcdLog;
    private final String servers;
    private Process etcd;
    private ControlServerProcess server;
    private PullProcess pull;

    /** Starts all of it, and waits until the host follows. */
    ControlPlane(Scene scene) throws IOException, InterruptedException {
        this.scene = scene;
        directory = scene.host.directory;
        etcdLog = directory.resolve("etcd.log");
        Path initial = Files.createDirectory(directory.resolve("initial"));
        Files.copy(scene.host.rulesFile, initial.resolve("rules.yaml"));
        String trusted = makeKey("sign.pem");
        makeKey("other.pem");
        etcd = startEtcd();
        server = ControlServerProcess.startOn(
                scene.host.server,
                "{ etcd: { endpoints: [\"" + ENDPOINT + "\"], initial: initial/rules.yaml } }",
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
                scene.host.server, servers, scene.host.rulesFile, directory.resolve("pull.sock"), directory);
    }

    /** Runs {@code secgroupd fleet} where the control server runs. Returns what it says on standard output. */
    String run(String arguments) {
        String state = "STATE_DIRECTORY=" + directory.resolve("control-state") + " ";
        String settings = " --control " + directory.resolve("control.yaml");
        return scene.host
                .server
                .run("sh", "-c", state + RunningDaemon.PROGRAM + " fleet " + arguments + settings + " 2>/dev/null")
                .strip();
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

    void killEtcd() {
        etcd.destroyForcibly();
        etcd.onExit().join();
    }

    void startEtcdAgain() throws IOException {
        etcd = startEtcd();
    }

    long etcdPid() {
        return etcd.pid();
    }
}
