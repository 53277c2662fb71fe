package io.secgroupd.daemon.control;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when addresses or interfaces of this host come, go or are renamed, as the kernel tells it. */
final class AddressWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AddressWatcher.class);

    /** RTMGRP_LINK, RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR of linux/rtnetlink.h. */
    private static final int GROUPS = 0x1 | 0x10 | 0x100;

    private final NetlinkMonitor monitor;

    private AddressWatcher(NetlinkMonitor monitor) {
        this.monitor = monitor;
    }

    static AddressWatcher start(Runnable changed) throws IOException {
        return new AddressWatcher(
                NetlinkMonitor.start("address-watcher", Netlink.NETLINK_ROUTE, GROUPS, new NetlinkMonitor.Listener() {
                    @Override
                    public void changed() {
                        changed.run();
                    }

                    @Override
                    public void failed(Exception fault) {
                        LOG.error("carry.unwatched: changes of addresses show only at the next reload", fault);
                    }
                }));
    }

    @Override
    public void close() {
        monitor.close();
    }
}
