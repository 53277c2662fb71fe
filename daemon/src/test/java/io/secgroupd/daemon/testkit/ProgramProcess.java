package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The built program with a subcommand that runs until it is ended, and its log. The namespace ends it with itself. */
class ProgramProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    /**
     * Starts it.
     *
     * @param wrapper   a command that runs the program; may be empty
     * @param arguments the subcommand and its options
     */
    ProgramProcess(NetworkNamespace host, List<String> wrapper, Path log, Path state, String... arguments) {
        var builder = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.command().add(0, RunningDaemon.PROGRAM.toString());
        builder.command().addAll(0, wrapper);
        builder.environment().put("STATE_DIRECTORY", state.toString());
        this.process = host.start(builder);
        this.log = log;
    }

    /** Waits until it has said this. */
    public void awaitLog(String text) {
        await("\"" + text + "\" in the log").atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && !log().contains(text)) {
                throw new IllegalStateException("the program ended with " + process.exitValue() + ":\n" + log());
            }
            return log().contains(text);
        });
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
        await("the end of the program").atMost(PATIENCE).until(() -> !process.isAlive());
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
