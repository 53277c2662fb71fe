package io.secgroupd.daemon.service;

import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the kernel refuse what is refused again and again, at a start, where the settings and the kernel allow it. */
final class CacheSetup {

    private static final Logger LOG = LoggerFactory.getLogger(CacheSetup.class);

    private static final Path LEGACY_TABLES = Path.of("/proc/net");

    private CacheSetup() {}

    /** Makes the cache, which stays off until it is started. */
    static RefusalCache make(DaemonSettings settings) {
        return new RefusalCache(settings.whyNoCache().orElse("the daemon has only begun to start"));
    }

    /** Starts the cache if nothing stands against it. A host where that fails only judges more packets. */
    static RefusalCache start(DaemonSettings settings, RefusalCache cache) {
        Optional<String> obstacle = settings.whyNoCache();
        if (obstacle.isPresent()) {
            LOG.info("cache.off {}", obstacle.get());
            return cache;
        }
        try {
            cache.start(NetlinkSocket::open, LEGACY_TABLES);
        } catch (IOException refused) {
            cache.off("this kernel cannot: " + refused.getMessage());
            LOG.info("cache.off this kernel cannot: {}", refused.getMessage());
        }
        return cache;
    }
}
