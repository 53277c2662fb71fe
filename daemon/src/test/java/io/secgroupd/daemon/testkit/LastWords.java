package io.secgroupd.daemon.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Adds to a failure what the daemons said and what the kernel knows of the hosts: their files are gone with the test, and one that
 * fails seldom may not do so again.
 */
final class LastWords implements TestExecutionExceptionHandler {

    private static final int LINES = 60;

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        for (RunningDaemon daemon : RunningDaemon.lastStarted()) {
            failure.addSuppressed(new AssertionError(
                    "log of a daemon:\n" + end(daemon.log().lines().toList())));
            failure.addSuppressed(new AssertionError("its flows:\n" + end(daemon.flowLines())));
            failure.addSuppressed(new AssertionError("its threads:\n" + daemon.threads()));
        }
        for (NetworkNamespace host : NetworkNamespace.allOpen()) {
            failure.addSuppressed(new AssertionError(host.name() + ":\n" + HostState.of(host)));
        }
        throw failure;
    }

    private static String end(List<String> lines) {
        return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining("\n"));
    }
}
