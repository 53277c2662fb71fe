package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The daemon, in the foreground. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run the daemon: judge every new connection of this host.",
            "It stays in the foreground; systemd runs it as secgroupd.service. It needs CAP_NET_ADMIN. A changed rules file is in force within a"
                    + " second; SIGTERM stops it, and new connections are refused from then on unless daemon.yaml says"
                    + " on: { stop: remove }."
        },
        exitCodeList = "1:the rules file or daemon.yaml has errors",
        footer = "  sudo secgroupd run --rules rules.yaml")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return run(common, spec.commandLine().getErr());
    }

    /** @param err takes the problems of both files */
    static int run(CommonOptions options, PrintWriter err) throws InterruptedException {
        DaemonLog log = DaemonLog.configure(options.debug);
        DaemonSettings settings = SettingsFile.read(options, err);
        Path rules = options.rulesGiven().orElse(settings.rules());
        Service daemon = settings.mode() == DaemonSettings.Mode.MONITOR
                ? MonitorDaemon.start(rules, settings, log, err)
                : Daemon.start(rules, settings, log, err);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon), "stop"));
        daemon.serveAdmin();
        return daemon.awaitEnd();
    }

    /** SIGTERM is how a daemon is asked to end: it ends well, and says so by exit code 0 rather than the JVM's 143. */
    private static void stop(Service daemon) {
        if (daemon.close()) {
            Runtime.getRuntime().halt(ExitCode.DONE);
        }
    }
}
