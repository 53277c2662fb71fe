package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The built program, {@code secgroupd pull}, on a host where a daemon runs. */
public final class PullProcess extends ProgramProcess {

    private PullProcess(NetworkNamespace host, List<String> wrapper, Path log, Path state, Path settings) {
        super(host, wrapper, log, state, "pull", "--config", settings.toString());
    }

    /**
     * Starts it, and waits until it follows.
     *
     * @param servers   lines of its settings, on where it asks and as whom
     * @param directory for its settings, its state and its log
     */
    public static PullProcess start(NetworkNamespace host, String servers, Path rules, Path socket, Path directory)
            throws IOException {
        return start(host, List.of(), servers, rules, socket, directory);
    }

    /** The same by a command that runs the program. */
    public static PullProcess start(
            NetworkNamespace host, List<String> wrapper, String servers, Path rules, Path socket, Path directory)
            throws IOException {
        Path settings = Files.writeString(
                directory.resolve("pull.yaml"), servers + "rules: " + rules + "\nsocket: " + socket + "\n");
        Path log = Files.createTempFile(directory, "pull", ".log");
        var pull = new PullProcess(host, wrapper, log, directory.resolve("pull-state"), settings);
        pull.awaitLog("pull.ready");
        return pull;
    }
}
