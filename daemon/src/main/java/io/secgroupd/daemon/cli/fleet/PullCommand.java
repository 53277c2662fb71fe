package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.host.Pull;
import io.secgroupd.controlplane.fleet.host.PullSettings;
import io.secgroupd.controlplane.fleet.host.PullSettingsReader;
import io.secgroupd.controlplane.fleet.host.PullSettingsReader.PullSettingsResult;
import io.secgroupd.controlplane.server.SpareMemory;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.Version;
import io.secgroupd.daemon.log.DaemonLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows a control server in the foreground. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Keep the rules files of this host as a control server has them.",
            "It stays in the foreground; systemd runs it as secgroupd-pull.service. A revision is tried first: it stays when the control server can be"
                    + " reached under its rules, and is written to the rules files then. Otherwise the host goes back to what it had."
        },
        exitCodeList = "1:pull.yaml has errors",
        footer = "  secgroupd pull --config /etc/secgroupd/pull.yaml")
public final class PullCommand implements Callable<Integer> {

    private static final Path STATE = Path.of("/var/lib/secgroupd-pull");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of this host in its fleet (/etc/secgroupd/pull.yaml).")
    private Path config = Path.of("/etc/secgroupd/pull.yaml");

    @Option(names = "--state", paramLabel = "DIRECTORY", description = "What it remembers (/var/lib/secgroupd-pull).")
    private @Nullable Path state;

    @Option(names = "--debug", description = "Show where in the program an error arose.")
    private boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var unused = DaemonLog.configure(debug);
        PullSettings settings = settings(spec.commandLine().getErr());
        try {
            var memory = SpareMemory.asStarted();
            var daemon = new DaemonHandOver(settings.socket(), memory::soon);
            Pull pull = Pull.start(settings, directory(), daemon, Version.text());
            memory.soon();
            SystemdNotify.of(System.getenv(), ProcessHandle.current().pid())
                    .ready("following " + settings.servers().get(0).getAuthority() + " as " + settings.host());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(pull), "stop"));
            new CountDownLatch(1).await();
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private PullSettings settings(PrintWriter err) {
        PullSettingsResult result = PullSettingsReader.read(config);
        result.problems().forEach(err::println);
        return result.settings()
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.NO, "the settings " + config + " have errors; nothing was done"));
    }

    private Path directory() {
        Path given = state;
        return given != null
                ? given
                : Optional.ofNullable(System.getenv("STATE_DIRECTORY"))
                        .map(Path::of)
                        .orElse(STATE);
    }

    /** SIGTERM is an orderly end, with exit code 0 rather than the JVM's 143. */
    private static void stop(Pull pull) {
        pull.close();
        Runtime.getRuntime().halt(ExitCode.DONE);
    }
}
