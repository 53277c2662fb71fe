package io.secgroupd.daemon.cli.control;

import io.secgroupd.controlplane.server.ControlServer;
import io.secgroupd.controlplane.server.ControlSettings;
import io.secgroupd.controlplane.server.HostAround;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ControlFile;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.OutputOptions;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.log.DaemonLog;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the control server in the foreground. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Run the control server, by which AWS clients and browsers change the rules file.",
            "The AWS command line, SDKs and Terraform ask it at /, browsers at /console/ (secgroupd console prints the way in).",
            "It stays in the foreground; systemd runs it as secgroupd-control.service. It needs no right but to write the rules file. A request is"
                    + " answered when its change is in force on this host, or when it is refused and nothing has changed."
        },
        exitCodeList = "1:control.yaml or the file of keys has errors",
        footer = "  aws ec2 describe-security-groups --endpoint-url http://127.0.0.1:9471")
public final class ServeCommand implements Callable<Integer> {

    private static final Path STATE = Path.of("/var/lib/secgroupd-control");

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Mixin
    private final ControlFile control = new ControlFile();

    @Override
    public Integer call() throws InterruptedException {
        var unused = DaemonLog.configure(common.debug);
        ControlSettings settings = control.read(common.err());
        DaemonSettings daemon = SettingsFile.read(common.config, common.err());
        try {
            ControlServer server = ControlServer.start(settings, state(), host(daemon.controlSocket()));
            var systemd =
                    SystemdNotify.of(System.getenv(), ProcessHandle.current().pid());
            systemd.ready("answering on " + server.address());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
            new CountDownLatch(1).await();
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static HostAround host(Path socket) {
        return new HostAround(new GuardedDaemon(socket), new HostOfConsole(socket));
    }

    private static Path state() {
        return Optional.ofNullable(System.getenv("STATE_DIRECTORY"))
                .map(Path::of)
                .orElse(STATE);
    }

    /** SIGTERM is an orderly end, with exit code 0 rather than the JVM's 143. */
    private static void stop(ControlServer server) {
        try {
            server.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(ServeCommand.class).warn("close.failed {}", e.getMessage());
        }
        Runtime.getRuntime().halt(ExitCode.DONE);
    }
}
