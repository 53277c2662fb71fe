package io.secgroupd.daemon.cli;

import com.sun.jna.NativeLibrary;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.cli.common.Version;
import io.secgroupd.daemon.log.DaemonLog;
import io.secgroupd.daemon.service.Daemon;
import io.secgroupd.daemon.service.StartException;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the daemon in the foreground. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run the daemon: judge every new connection of this host.",
            "It stays in the foreground; systemd runs it as secgroupd.service. It needs CAP_NET_ADMIN. A changed rules file is in force within a"
                    + " second; SIGHUP reads it at once, as secgroupd reload does; SIGTERM stops the daemon, and new connections are refused from then on unless daemon.yaml says"
                    + " on: { stop: remove }."
        },
        exitCodeList = "1:the rules file or daemon.yaml has errors",
        footer = "  sudo secgroupd run --rules rules.yaml")
final class RunCommand implements Callable<Integer> {

    /** The limit after which a start that hangs, perhaps on a file of a dead server, can still be stopped. */
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws InterruptedException {
        return run(common, common.err());
    }

    /** @param err the writer for the problems of both files */
    static int run(CommonOptions options, PrintWriter err) throws InterruptedException {
        var coming = new CompletableFuture<Daemon>();
        HangUp.handle(() -> {
            var unused = coming.thenAccept(Daemon::reload); // a SIGHUP during the start waits for the end of the start
        });
        DaemonLog log = DaemonLog.configure(options.debug);
        DaemonSettings settings = SettingsFile.read(options.config, err);
        Path rules = options.rulesGiven().orElse(settings.rules());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(coming), "stop"));
        Daemon daemon = start(rules, settings, log, err, coming);
        daemon.serve();
        return daemon.awaitEnd() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Daemon start(
            Path rules, DaemonSettings settings, DaemonLog log, PrintWriter err, CompletableFuture<Daemon> coming) {
        try {
            Daemon daemon = Daemon.start(rules, settings, log, Version.text(), err);
            coming.complete(daemon);
            return daemon;
        } catch (StartException e) {
            throw new CommandFailedException(
                    e.policyRefused() ? ExitCode.NO : ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } finally {
            coming.cancel(false); // has no effect on a daemon that started; otherwise there is nothing to stop
        }
    }

    /**
     * Ends the daemon on SIGTERM, with exit code 0 rather than the JVM's 143. A daemon that is still starting finishes
     * its start first, because half-installed hooks could not be kept or removed as the settings say.
     */
    private static void stop(CompletableFuture<Daemon> coming) {
        try {
            if (coming.get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS).close()) {
                Runtime.getRuntime().halt(ExitCode.DONE);
            }
        } catch (CancellationException | ExecutionException | TimeoutException | InterruptedException e) {
            return; // the daemon has not started, so there is nothing to close
        }
    }

    /**
     * Handles SIGHUP, which customarily asks a daemon to read its files again, but ends a JVM.
     *
     * <p>The launcher ignores SIGHUP from its first line on, so that the signal cannot end a starting daemon. A JVM
     * leaves an ignored signal ignored, so the signal first gets a native handler that does nothing; under the default
     * action, a signal in between could still kill. The signal class is loaded by name because the compiler's warning
     * about it cannot be turned off.
     */
    static final class HangUp {

        private static final int NUMBER = 1;

        private HangUp() {}

        /** From now on runs this action at each SIGHUP, in a thread of its own. */
        static void handle(Runnable asked) {
            NativeLibrary libc = NativeLibrary.getInstance("c");
            libc.getFunction("signal").invokePointer(new Object[] {NUMBER, libc.getFunction("abs")});
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Object running = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (self, method, of) -> {
                            asked.run();
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), running);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this Java hands out no signals: " + e, e);
            }
        }
    }
}
