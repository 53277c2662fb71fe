package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The built program, {@code secgroupd serve}, on a host where a daemon runs, with two keys of its own: {@code writer} may
 * change the rules, {@code reader} may only look. The namespace ends it with itself.
 */
public final class ControlServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    private ControlServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it on port 9471 of loopback, and waits until it answers.
     *
     * @param rules     a file named rules.yaml
     * @param directory that of the daemon, which holds its settings; those of the server are written beside them
     */
    public static ControlServerProcess start(NetworkNamespace host, Path rules, Path directory)
            throws IOException, InterruptedException {
        Path settings = Files.writeString(
                directory.resolve("control.yaml"),
                "store: { directory: " + rules.toAbsolutePath().getParent() + " }\nkeys: keys.yaml\n");
        addKey("writer", "--write", directory);
        addKey("reader", "--read", directory);
        Path log = Files.createFile(directory.resolve("control.log"));
        var builder = new ProcessBuilder(
                        RunningDaemon.PROGRAM.toString(),
                        "serve",
                        "--control",
                        settings.toString(),
                        "--config",
                        directory.resolve(host.name() + ".yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment()
                .put("STATE_DIRECTORY", directory.resolve("control-state").toString());
        return new ControlServerProcess(host.start(builder), log).awaitReady();
    }

    /** Makes a key, and lets the AWS command line know it as a profile of the home directory. */
    private static void addKey(String name, String right, Path directory) throws IOException, InterruptedException {
        Script added = Script.run(
                directory,
                "mkdir -p .aws && echo '[" + name + "]' >>.aws/credentials && $SG keys add " + name + " " + right
                        + " --control control.yaml >>.aws/credentials");
        assertThat(added.exitCode()).as(added.err()).isZero();
    }

    private ControlServerProcess awaitReady() {
        await("\"serve.ready\" in the log").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + log());
            }
            return log().contains("serve.ready");
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
}
