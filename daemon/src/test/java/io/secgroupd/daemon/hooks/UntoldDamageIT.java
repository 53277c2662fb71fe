package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Damage of which no event tells is found by looking, and restored. */
@NetnsTest
class UntoldDamageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NetworkNamespace host = NetworkNamespace.create("untold");
    private final Hooks hooks = new Hooks(CommandRunner.ofThisHost());
    private final CompletableFuture<NetlinkMonitor.Listener> listener = new CompletableFuture<>();

    @AfterEach
    void removeTheHost() {
        host.close();
    }

    @Test
    void whereEventsGetLost() {
        restoresDamage(this::deaf, () -> {});
    }

    @Test
    void whereEventsCannotBeHeard() {
        restoresDamage(
                events -> {
                    throw new IOException("no netlink");
                },
                () -> {});
    }

    @Test
    void whereEventsFailLater() {
        restoresDamage(this::deaf, () -> listener.join().failed(new IOException("gone")));
    }

    /** A socket of no group: it is open, and nothing comes. */
    private NetlinkMonitor deaf(NetlinkMonitor.Listener events) throws IOException {
        listener.complete(events);
        return NetlinkMonitor.start("test", Netlink.NETLINK_NETFILTER, 0, events);
    }

    private void restoresDamage(NetlinkMonitor.Opener events, Runnable then) {
        try (Guard guard = host.call(() -> {
            Hooks.Installed installed = hooks.install(Backend.IPTABLES, SkeletonSettings.DEFAULT);
            assertThat(installed.changesAreTold()).isTrue();
            return Guard.start(hooks, installed, SkeletonSettings.DEFAULT, events);
        })) {
            awaitTheFirstLook();
            then.run();
            assertThat(guard.hooksRestored()).isZero();

            host.run("iptables", "-t", "mangle", "-F");

            await().atMost(PATIENCE).until(() -> guard.hooksRestored() == 1);
            List<String> differences = host.call(() -> hooks.check(Backend.IPTABLES, SkeletonSettings.DEFAULT));
            assertThat(differences).isEmpty();
        }
    }

    /** The guard has looked once, and waits for a reason to look again. */
    private static void awaitTheFirstLook() {
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("hooks-guard"))
                .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(call -> call.getMethodName().equals("tryAcquire")));
    }
}
