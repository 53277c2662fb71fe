package io.secgroupd.daemon.control;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports when addresses or interfaces of this host come, go or are renamed. The kernel announces it; when the announcements
 * fail, the addresses are read every second instead, because the rules would treat an unnoticed address as a stranger's.
 */
final class AddressWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AddressWatcher.class);

    /** RTMGRP_LINK, RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR of linux/rtnetlink.h. */
    private static final int GROUPS = 0x1 | 0x10 | 0x100;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Runnable changed;
    private final Supplier<?> addresses;
    private final Thread poller = new Thread(this::poll, "address-poller");
    private Optional<NetlinkMonitor> monitor = Optional.empty();

    private AddressWatcher(Runnable changed, Supplier<?> addresses) {
        this.changed = changed;
        this.addresses = addresses;
        poller.setDaemon(true);
    }

    static AddressWatcher start(Runnable changed) {
        return start(
                changed,
                listener -> NetlinkMonitor.start("address-watcher", Netlink.NETLINK_ROUTE, GROUPS, listener),
                LocalAddresses::byInterface);
    }

    /**
     * Begins to watch.
     *
     * @param addresses returns the current addresses; called every second once netlink has failed. An IllegalStateException
     *     means that they could not be read
     */
    static AddressWatcher start(Runnable changed, NetlinkMonitor.Opener events, Supplier<?> addresses) {
        var watcher = new AddressWatcher(changed, addresses);
        try {
            watcher.monitor = Optional.of(events.open(watcher.listener()));
        } catch (IOException e) {
            watcher.startPolling(e);
        }
        return watcher;
    }

    private NetlinkMonitor.Listener listener() {
        return new NetlinkMonitor.Listener() {
            @Override
            public void changed() {
                changed.run();
            }

            @Override
            public void failed(Exception fault) {
                startPolling(fault);
            }
        };
    }

    private void startPolling(Exception why) {
        LOG.warn(
                "carry.polled: netlink does not report changes of addresses ({}); they are checked every second instead",
                why.toString());
        poller.start();
    }

    /** Reports a change at the start, because one may have happened just before. */
    private void poll() {
        Optional<?> seen = Optional.empty();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Optional<?> now = look();
                if (now.isPresent() && !now.equals(seen)) {
                    seen = now;
                    changed.run();
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() interrupts to end the thread
        }
    }

    private Optional<?> look() {
        try {
            return Optional.of(addresses.get());
        } catch (IllegalStateException unread) {
            LOG.debug("carry.unread {}", unread.toString());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        poller.interrupt();
        monitor.ifPresent(NetlinkMonitor::close);
    }
}
