package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes the guard look, and what it does about what it sees. */
class GuardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;

    private final FakeHost host = new FakeHost();
    private final Hooks hooks = new Hooks(host);
    private final CompletableFuture<NetlinkMonitor.Listener> listener = new CompletableFuture<>();

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void restoresWhatWasDamagedBeforeItBegan(Backend backend) throws HooksException {
        Hooks.Installed installed = hooks.install(backend, HOST);
        damage();

        try (Guard guard = Guard.start(hooks, installed, HOST, this::silent)) {
            awaitRestored(guard, 1);
        }

        assertThat(hooks.check(backend, HOST)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void restoresWhenAnEventTellsOfAChange(Backend backend) throws HooksException {
        Hooks.Installed installed = hooks.install(backend, HOST);
        try (Guard guard = Guard.start(hooks, installed, HOST, this::silent)) {
            awaitALook();
            damage();
            listener.join().changed();

            awaitRestored(guard, 1);
            assertThat(hooks.check(backend, HOST)).isEmpty();
        }
    }

    @Test
    void looksByItselfWhereTheKernelTellsOfNoChange() throws HooksException {
        host.withLegacy();
        restoresWithoutAnEvent(hooks.install(Backend.IPTABLES, HOST), this::silent);
    }

    @Test
    void looksByItselfWhereEventsCannotBeHeard() throws HooksException {
        restoresWithoutAnEvent(hooks.install(Backend.NFT, HOST), events -> {
            throw new IOException("no netlink");
        });
    }

    private void restoresWithoutAnEvent(Hooks.Installed installed, NetlinkMonitor.Opener events) {
        try (Guard guard = Guard.start(hooks, installed, HOST, events)) {
            awaitALook();
            damage();

            awaitRestored(guard, 1);
        }
    }

    @Test
    void looksByItselfFromThenOnWhenTheEventsEnd() throws HooksException {
        Hooks.Installed installed = hooks.install(Backend.NFT, HOST);
        try (Guard guard = Guard.start(hooks, installed, HOST, this::silent)) {
            awaitALook();
            listener.join().failed(new IOException("gone"));
            damage();

            awaitRestored(guard, 1);
            awaitALook();
            damage();
            awaitRestored(guard, 2);
        }
    }

    @Test
    void changesNothingWhereNothingIsDamaged() throws HooksException {
        Hooks.Installed installed = hooks.install(Backend.IPTABLES, HOST);
        try (Guard guard = Guard.start(hooks, installed, HOST, this::silent)) {
            awaitALook();
            listener.join().changed();
            awaitALook();

            assertThat(guard.hooksRestored()).isZero();
        }
        assertThat(host.mangle(Family.IPV4).transactions()).isEqualTo(1);
    }

    @Test
    void goesOnAfterATableThatCannotBeListed() throws HooksException {
        goesOnAfter(() -> host.failing("ip6tables-save", "Resource temporarily unavailable"));
    }

    @Test
    void goesOnAfterARestorationThatFails() throws HooksException {
        goesOnAfter(() -> host.failing("iptables-restore", "lock is held"));
    }

    @Test
    void goesOnAfterWhatNobodyHasForeseen() throws HooksException {
        goesOnAfter(host::breakDownOnce);
    }

    /** It tries again by itself, event or not. */
    private void goesOnAfter(Runnable obstacle) throws HooksException {
        Hooks.Installed installed = hooks.install(Backend.IPTABLES, HOST);
        damage();
        obstacle.run();
        try (Guard guard = Guard.start(hooks, installed, HOST, this::silent)) {
            awaitALook();
            host.mended();

            awaitRestored(guard, 1);
        }
    }

    @Test
    void leavesTheTablesAloneOnceItIsClosed() throws HooksException {
        host.withLegacy();
        Hooks.Installed installed = hooks.install(Backend.IPTABLES, HOST);
        Guard guard = Guard.start(hooks, installed, HOST, this::silent);
        awaitALook();

        guard.close();

        host.forgetAsked();
        damage();
        assertThat(host.asked()).as("close waits for the thread").isEmpty();
        assertThat(guard.hooksRestored()).isZero();
    }

    /** Takes away what stands, in whichever backend. */
    private void damage() {
        host.damage(() -> {
            host.nft().drop(NftText.TABLE);
            List.of(Family.values()).forEach(family -> host.mangle(family).iptables("-F"));
        });
    }

    /** The guard has asked the tools at least once more. */
    private void awaitALook() {
        host.forgetAsked();
        if (listener.isDone()) {
            listener.join().changed();
        }
        await().atMost(PATIENCE).until(() -> !host.asked().isEmpty());
    }

    private static void awaitRestored(Guard guard, long times) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(guard.hooksRestored()).isEqualTo(times));
    }

    /** A socket of no group: it is open, and nothing comes but what the test says. */
    private NetlinkMonitor silent(NetlinkMonitor.Listener events) throws IOException {
        listener.complete(events);
        return NetlinkMonitor.start("test", Netlink.NETLINK_NETFILTER, 0, events);
    }
}
