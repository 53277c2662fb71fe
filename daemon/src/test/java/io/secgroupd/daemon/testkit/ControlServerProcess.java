package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The built program, {@code secgroupd serve}, on a host where a daemon runs, with two keys of its own: {@code writer} may
 * change the rules, {@code reader} may only look.
 */
public final class ControlServerProcess extends ProgramProcess {

    private static final String STATE = "control-state";

    private ControlServerProcess(
            NetworkNamespace host, List<String> wrapper, Path log, Path state, Path settings, Path daemon) {
        super(host, wrapper, log, state, "serve", "--control", settings.toString(), "--config", daemon.toString());
    }

    /**
     * Starts it on port 9471 of loopback, and waits until it answers.
     *
     * @param rules     a file named rules.yaml
     * @param directory that of the daemon, which holds its settings; those of the server are written beside them
     */
    public static ControlServerProcess start(NetworkNamespace host, Path rules, Path directory)
            throws IOException, InterruptedException {
        return start(host, rules, directory, "");
    }

    /** The same with more lines of its settings. */
    public static ControlServerProcess start(NetworkNamespace host, Path rules, Path directory, String more)
            throws IOException, InterruptedException {
        return startOn(host, "{ directory: " + rules.toAbsolutePath().getParent() + " }", directory, more);
    }

    /**
     * The same with another store.
     *
     * @param store what the settings say behind {@code store:}
     */
    public static ControlServerProcess startOn(NetworkNamespace host, String store, Path directory, String more)
            throws IOException, InterruptedException {
        return startOn(host, List.of(), store, directory, more);
    }

    /** The same by a command that runs the program. */
    public static ControlServerProcess startOn(
            NetworkNamespace host, List<String> wrapper, String store, Path directory, String more)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve("control.yaml"), "store: " + store + "\nkeys: keys.yaml\n" + more);
        addKey("writer", "--write", directory);
        addKey("reader", "--read", directory);
        return start(host, wrapper, directory);
    }

    /** Starts one that has ended, with what it had. */
    public static ControlServerProcess startAgain(NetworkNamespace host, Path directory) throws IOException {
        return start(host, List.of(), directory);
    }

    private static ControlServerProcess start(NetworkNamespace host, List<String> wrapper, Path directory)
            throws IOException {
        Path log = Files.createTempFile(directory, "control", ".log");
        Path daemon = directory.resolve(host.name() + ".yaml");
        var server = new ControlServerProcess(
                host, wrapper, log, directory.resolve(STATE), directory.resolve("control.yaml"), daemon);
        server.awaitLog("serve.ready");
        return server;
    }

    /** Enrols a host; returns its token. */
    public static String enrol(String host, String options, Path directory) throws IOException, InterruptedException {
        Script enrolled = Script.run(
                directory,
                Map.of("STATE_DIRECTORY", directory.resolve(STATE).toString()),
                "$SG fleet enrol " + host + " " + options + " --control control.yaml");
        assertThat(enrolled.exitCode()).as(enrolled.err()).isZero();
        return enrolled.out().strip();
    }

    /** Makes a key, and lets the AWS command line know it as a profile of the home directory. */
    private static void addKey(String name, String right, Path directory) throws IOException, InterruptedException {
        Script added = Script.run(
                directory,
                "mkdir -p .aws && echo '[" + name + "]' >>.aws/credentials && $SG keys add " + name + " " + right
                        + " --control control.yaml >>.aws/credentials");
        assertThat(added.exitCode()).as(added.err()).isZero();
    }
}
