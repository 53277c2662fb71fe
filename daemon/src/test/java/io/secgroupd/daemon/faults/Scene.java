package io.secgroupd.daemon.faults;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.e2e.JudgedHost;
import io.secgroupd.daemon.nfqueue.QueueStats;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A host with a daemon, its traffic and its edits, to which a fault does something. */
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int QUEUE = 4700;

    final JudgedHost host;
    final TcpService open;
    private List<String> wrapper = List.of();
    private String[] settings = {};
    private Path flowLog;
    private int edit = 1;
    private @Nullable Traffic traffic;

    Scene() {
        host = new JudgedHost(SwappingPolicy.of(1));
        open = Traffic.listen(host);
        flowLog = host.flowLog();
    }

    /** Starts the daemon as all its later starts are. */
    void startWith(List<String> startedBy, String... lines) {
        wrapper = startedBy;
        settings = lines;
        start();
    }

    /** Starts the daemon, the first one or the next, and waits until it judges. */
    void start() {
        launch().awaitLog("daemon.ready");
        host.socket();
    }

    /** Starts it, and waits for nothing. */
    RunningDaemon launch() {
        return host.launch(wrapper, settings);
    }

    /** Ends the daemon as systemd does. */
    void stop() {
        int status = host.daemon().stop();
        if (status != 0) {
            throw new IllegalStateException("the daemon ended with " + status);
        }
    }

    void begin() {
        traffic = Traffic.begin(host, edit);
    }

    Traffic traffic() {
        return Objects.requireNonNull(traffic, "no traffic has begun");
    }

    /** Lasts as long as the fault does. */
    static void last(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** The policy of the next edit, which whoever asks puts in force. */
    String nextPolicy() {
        return SwappingPolicy.of(++edit);
    }

    int edit() {
        return edit;
    }

    /** Replaces the rules file by that of the next edit, as an editor does. */
    void writeEdit() throws IOException {
        replaceRules(nextPolicy());
    }

    void replaceRules(String text) throws IOException {
        putInPlace(Files.writeString(host.directory.resolve("rules.next"), text));
    }

    /** Moves whatever it is to where the rules file is. */
    void putInPlace(Path next) throws IOException {
        Files.move(next, host.rulesFile, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Edits, and waits until the edit is in force. */
    void editAndAwait() throws IOException {
        writeEdit();
        awaitEdit();
    }

    void awaitEdit() {
        traffic().awaitEdit(edit);
    }

    /** Has the files read now. Returns the status of the answer: 200 when what they say is in force. */
    int reload() throws IOException {
        return new AdminClient(host.socketPath())
                .ask("POST", "/reload", "application/json")
                .status();
    }

    /** Waits until the daemon says that the rules file is not what is in force. */
    void awaitStale() {
        awaitMetric("the rules file is refused", metrics -> metrics.gauge("secgroupd_policy_stale_seconds") > 0);
    }

    /** Waits until the daemon's metrics say so. */
    void awaitMetric(String what, Predicate<Exposition> says) {
        AdminSocket socket = host.socket();
        await(what).atMost(PATIENCE).ignoreExceptions().until(() -> says.test(socket.metrics()));
    }

    void awaitUntil(String what, Callable<Boolean> isSo) {
        await(what).atMost(PATIENCE).until(isSo);
    }

    /** The kernel's counts of the daemon's queue; empty when nobody has it. */
    Optional<QueueStats> queue() {
        return host.server.call(() -> QueueStats.read(QUEUE));
    }

    /** Waits until so many packets wait for a daemon that stands still. */
    void awaitWaiting(int packets) {
        await("packets wait").atMost(PATIENCE).until(() -> queue().orElseThrow().waiting() >= packets);
    }

    /** The skeleton of both families, without the comments, which hold the time, and the counters. */
    String hooks() {
        String saved =
                host.server.run("iptables-save", "-t", "mangle") + host.server.run("ip6tables-save", "-t", "mangle");
        return saved.replaceAll("(?m)^#.*\\n", "").replaceAll("\\[\\d+:\\d+]", "");
    }

    /** Runs a command of the program on the host with the daemon's settings; it must succeed. */
    String program(String... arguments) {
        var words = new ArrayList<>(List.of(RunningDaemon.PROGRAM.toString()));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--config", host.config().toString()));
        return host.server.run(words.toArray(String[]::new));
    }

    Path flowLog() {
        return flowLog;
    }

    /** The log is to be found elsewhere. */
    void flowLogIsAt(Path path) {
        flowLog = path;
    }

    @Override
    public void close() {
        if (traffic != null) {
            traffic.close();
        }
        host.close();
    }
}
