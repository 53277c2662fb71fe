package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** The built program, {@code secgroupd run}, in a namespace, with files of its own. */
public final class RunningDaemon implements AutoCloseable {

    /** The launcher of the built distribution. */
    public static final Path PROGRAM = Path.of("target/dist/bin/secgroupd").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration A_MOMENT = Duration.ofSeconds(3);

    /** The newest is the last. */
    private static final Deque<RunningDaemon> STARTED = new ConcurrentLinkedDeque<>();

    private static final int REMEMBERED = 2;

    private final Process process;
    private final Path log;
    private final Path flows;
    private final Path socket;

    private RunningDaemon(Process process, Path log, Path flows, Path socket) {
        this.process = process;
        this.log = log;
        this.flows = flows;
        this.socket = socket;
    }

    /** Starts it and waits until it judges packets. */
    public static RunningDaemon start(NetworkNamespace host, Path rules, Path directory, String... settings) {
        RunningDaemon daemon = launch(host, List.of(), rules, directory, settings);
        daemon.awaitLog("daemon.ready");
        return daemon;
    }

    /**
     * Starts it and waits for nothing.
     *
     * @param wrapper  a command that runs the program, such as {@code setpriv …}
     * @param directory for its settings, log and flow log; made when missing
     * @param settings lines of daemon.yaml beside those for its paths; one for {@code flow_log} stands instead of ours
     */
    public static RunningDaemon launch(
            NetworkNamespace host, List<String> wrapper, Path rules, Path directory, String... settings) {
        try {
            Files.createDirectories(directory);
            Path log = Files.createTempFile(directory, host.name(), ".log");
            Path flows = directory.resolve(host.name() + "-flows.log");
            Path config = directory.resolve(host.name() + ".yaml");
            Path socket = directory.resolve(host.name() + ".sock");
            Files.writeString(config, "rules: " + rules + "\n" + settings(flows, socket, settings));
            var command = new ArrayList<>(wrapper);
            command.addAll(
                    List.of(PROGRAM.toString(), "run", "--rules", rules.toString(), "--config", config.toString()));
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.redirectInput(new File("/dev/null"));
            builder.environment()
                    .put(
                            "STATE_DIRECTORY",
                            directory.resolve(host.name() + "-state").toString());
            return remembered(new RunningDaemon(host.start(builder), log, flows, socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningDaemon remembered(RunningDaemon started) {
        STARTED.add(started);
        if (STARTED.size() > REMEMBERED) {
            STARTED.remove();
        }
        return started;
    }

    /** Those that were started last, of this test or of one before, as far as their files are there. */
    static List<RunningDaemon> lastStarted() {
        return STARTED.stream().filter(daemon -> Files.exists(daemon.log)).toList();
    }

    private static String settings(Path flows, Path socket, String... settings) {
        boolean ownLog = Arrays.stream(settings).anyMatch(line -> line.startsWith("flow_log:"));
        return (ownLog ? "" : "flow_log: { path: " + flows + ", aggregate: 100ms }\n") + "admin: { socket: " + socket
                + " }\n" + String.join("\n", settings) + "\n";
    }

    public RunningDaemon awaitLog(String text) {
        await("\"" + text + "\" in the log").atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && !log().contains(text)) {
                throw new IllegalStateException("the daemon ended with " + process.exitValue() + ":\n" + log());
            }
            return log().contains(text);
        });
        return this;
    }

    /** Waits until it has said this so many times. */
    public RunningDaemon awaitLog(String text, int times) {
        await("\"" + text + "\" in the log " + times + "x")
                .atMost(PATIENCE)
                .until(() -> log().split(Pattern.quote(text), -1).length > times);
        return this;
    }

    /** Waits for a reload that brings this generation into force. */
    public RunningDaemon awaitGeneration(int generation) {
        return awaitLog("policy.reloaded generation=" + generation + " ");
    }

    /** Everything it has said so far. */
    public String log() {
        return read(log);
    }

    /** The flow log so far. */
    public List<FlowLine> flows() {
        return Files.exists(flows) ? FlowLine.parse(read(flows)) : List.of();
    }

    /** The same as it was written. */
    List<String> flowLines() {
        return Files.exists(flows) ? read(flows).lines().toList() : List.of();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its metrics, by another program than ours, as a monitoring agent reads them. */
    public String metrics() {
        return Shell.run(List.of("curl", "-sS", "--unix-socket", socket.toString(), "http://localhost/metrics"));
    }

    /** Waits for a flow log line of this destination port. */
    public FlowLine awaitFlow(String source, int destinationPort) {
        return await("flow from " + source + " to port " + destinationPort)
                .atMost(PATIENCE)
                .until(
                        () -> flows().stream()
                                .filter(line -> line.text("src").equals(source))
                                .filter(line -> line.number("dport") == destinationPort)
                                .reduce((first, last) -> last)
                                .orElse(null),
                        line -> line != null);
    }

    /** Waits until it ends by itself. */
    public int awaitExit() {
        return process.onExit().join().exitValue();
    }

    /** SIGTERM, as systemd stops it. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /**
     * SIGSTOP, as a debugger or a hang holds it. The kernel wakes one thread with the signal, and that one stops the
     * others, so on a busy machine the rest run on for a while; this waits until each of them stands still.
     */
    public void hold() {
        Shell.run(List.of("kill", "-STOP", String.valueOf(pid())));
        await("every thread stands still").atMost(PATIENCE).until(() -> ProcessThreads.allStopped(pid()));
    }

    /** SIGCONT. */
    public void goOn() {
        Shell.run(List.of("kill", "-CONT", String.valueOf(pid())));
    }

    /** SIGKILL, as a crash ends it. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Sends a signal by its name, such as STOP. */
    public void signal(String name) {
        Shell.run(List.of("kill", "-" + name, Long.toString(pid())));
    }

    /** What each of its threads does, which a JVM tells on its standard output when it gets SIGQUIT; one that is held does not. */
    String threads() {
        if (!process.isAlive()) {
            return "it has ended";
        }
        int said = log().length();
        signal("QUIT");
        try {
            await().atMost(A_MOMENT).until(() -> log().substring(said).contains("JNI global refs")); // the last line
        } catch (ConditionTimeoutException silent) {
            return "it does not say";
        }
        return log().substring(said);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        kill();
    }
}
