package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Addresses are followed whether netlink tells of them or not. */
class AddressWatcherTest {

    private final Semaphore changes = new Semaphore(0);
    private final AtomicInteger looks = new AtomicInteger();
    private volatile String addresses = "10.0.1.10";

    @Test
    void withoutNetlinkAddressesArePolled() throws Exception {
        try (AddressWatcher watcher = AddressWatcher.start(
                changes::release,
                listener -> {
                    throw new IOException("no netlink");
                },
                () -> addresses)) {
            assertThat(watcher).isNotNull();
            changes.acquire(); // the first look
            addresses = "10.0.1.11";
            changes.acquire();
        }
    }

    @Test
    void whenNetlinkFailsLaterAddressesArePolledFromThen() throws Exception {
        List<NetlinkMonitor.Listener> listeners = new ArrayList<>();
        try (AddressWatcher watcher = AddressWatcher.start(
                changes::release,
                listener -> {
                    listeners.add(listener);
                    return NetlinkMonitor.start("test", Netlink.NETLINK_ROUTE, 0, listener);
                },
                () -> addresses)) {
            assertThat(watcher).isNotNull();
            listeners.get(0).changed();
            assertThat(changes.tryAcquire()).isTrue();

            listeners.get(0).failed(new IOException("gone"));

            changes.acquire();
            addresses = "10.0.1.11";
            changes.acquire();
        }
    }

    @Test
    void whatCannotBeReadIsNoChangeAndEndsNothing() {
        addresses = "";
        try (AddressWatcher watcher = AddressWatcher.start(
                changes::release,
                listener -> {
                    throw new IOException("no netlink");
                },
                this::readable)) {
            assertThat(watcher).isNotNull();
            await().until(() -> looks.get() > 1);
            assertThat(changes.availablePermits()).isZero();
            addresses = "10.0.1.10";
            await().until(() -> changes.tryAcquire());
        }
    }

    private String readable() {
        looks.incrementAndGet();
        if (addresses.isEmpty()) {
            throw new IllegalStateException("not now");
        }
        return addresses;
    }
}
