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
import java.lang.reflect.InvocationTargetException;
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

/** The daemon, in the foreground. */
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

    /** A start that hangs, on a file of a dead server perhaps, can be ended all the same. */
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws InterruptedException {
        return run(common, common.err());
    }

    /** @param err takes the problems of both files */
    static int run(CommonOptions options, PrintWriter err) throws InterruptedException {
        var coming = new CompletableFuture<Daemon>();
        HangUp.handle(() -> {
            var unused = coming.thenAccept(Daemon::reload); // one that comes during the start waits for its end
        });
        DaemonLog log = DaemonLog.configure(options.debug);
        DaemonSettings settings = SettingsFile.read(options, err);
        Path rules = options.rulesGiven().orElse(settings.rules());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(coming), "stop"));
        Daemon daemon = start(rules, settings, log, err, coming);
        daemon.serveAdmin();
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
            coming.cancel(false); // nothing to stop, unless it has come
        }
    }

    /**
     * SIGTERM is how a daemon is asked to end: it ends well, and says so by exit code 0 rather than the JVM's 143. One that is
     * still coming up does that first: hooks that are half in place could not be kept or removed as the settings say.
     */
    private static void stop(CompletableFuture<Daemon> coming) {
        try {
            if (coming.get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS).close()) {
                Runtime.getRuntime().halt(ExitCode.DONE);
            }
        } catch (CancellationException | ExecutionException | TimeoutException | InterruptedException e) {
            return; // it has not come up: there is nothing to close
        }
    }

    /**
     * SIGHUP, by which a daemon is customarily asked to read its files again, and by which a JVM ends.
     *
     * <p>The launcher has it ignored from its first line on, so that none ends what is still coming up. An ignored one a JVM leaves
     * ignored, so it gets a handler that does nothing first: with the default action in between, one could still kill. The
     * class that hands signals out is called by its name, as the compiler warns of it in a way that cannot be turned off.
     */
    static final class HangUp {

        private static final int NUMBER = 1;

        private HangUp() {}

        /** Has this run at each one from now on, on a thread of its own. */
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
            } catch (ClassNotFoundException
                    | NoSuchMethodException
                    | InstantiationException
                    | IllegalAccessException
                    | InvocationTargetException e) {
                throw new IllegalStateException("this Java hands out no signals: " + e, e);
            }
        }
    }
}
