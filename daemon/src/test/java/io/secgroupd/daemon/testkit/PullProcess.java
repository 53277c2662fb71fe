package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The built program, {@code secgroupd pull}, on a host where a daemon runs. The namespace ends it with itself. */
public final class PullProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    private PullProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it, and waits until it follows.
     *
     * @param directory for its settings, its state and its log
     */
    public static PullProcess start(NetworkNamespace host, FeedServer feed, Path rules, Path socket, Path directory)
            throws IOException {
        Path settings = Files.writeString(
                directory.resolve("pull.yaml"),
                feed.settings(directory) + "rules: " + rules + "\nsocket: " + socket + "\n");
        Path log = Files.createTempFile(directory, "pull", ".log");
        var builder = new ProcessBuilder(
                        RunningDaemon.PROGRAM.toString(),
                        "pull",
                        "--config",
                        settings.toString(),
                        "--state",
                        directory.resolve("pull-state").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        return new PullProcess(host.start(builder), log).awaitReady();
    }

    private PullProcess awaitReady() {
        await("\"pull.ready\" in the log").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("pull ended with " + process.exitValue() + ":\n" + log());
            }
            return log().contains("pull.ready");
        });
        return this;
    }

    /** Everything it has said so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until it ends because of something else. */
    public void awaitEnd() {
        await("the end of pull").atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** SIGTERM, as systemd stops it. */
    public int stop() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    /** SIGKILL, as a crash ends it. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
