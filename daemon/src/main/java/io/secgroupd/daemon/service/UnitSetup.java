package io.secgroupd.daemon.service;

import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.units.CgroupMount;
import io.secgroupd.daemon.units.LocalUnits;
import io.secgroupd.daemon.units.SocketCgroups;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what tells the units behind flows, at a start. A host where this fails only lacks their names in its flow log. */
final class UnitSetup {

    private static final Logger LOG = LoggerFactory.getLogger(UnitSetup.class);

    private final OpenResources opened;
    private final Consumer<String> off;
    private final @Nullable LocalUnits units;

    UnitSetup(DaemonSettings settings, OpenResources opened) {
        this(settings, opened, why -> LOG.info("units.off {}; the flow log names no units", why));
    }

    /** @param off told why no units can be told */
    UnitSetup(DaemonSettings settings, OpenResources opened, Consumer<String> off) {
        this.opened = opened;
        this.off = off;
        this.units = settings.flowLog().units() ? open() : null;
    }

    private @Nullable LocalUnits open() {
        Optional<Path> mount = CgroupMount.ofThisHost();
        if (mount.isEmpty()) {
            return off("cgroup v2 is not mounted here");
        }
        try {
            return opened.add(LocalUnits.open(NetlinkSocket::open, mount.get()));
        } catch (IOException unlisted) {
            return off(String.valueOf(unlisted.getMessage()));
        }
    }

    private @Nullable LocalUnits off(String why) {
        off.accept(why);
        return null;
    }

    /** Tells the units to the log's thread; null when none can be told. */
    @Nullable
    LocalUnits units() {
        return units;
    }

    /** A conversation with the kernel for one packet loop; null when no units can be told. */
    @Nullable
    SocketCgroups forLoop() {
        if (units == null) {
            return null;
        }
        try {
            return opened.add(SocketCgroups.open(NetlinkSocket::open));
        } catch (IOException refused) {
            throw new StartException("the sockets of this host cannot be listed: " + refused.getMessage(), refused);
        }
    }
}
