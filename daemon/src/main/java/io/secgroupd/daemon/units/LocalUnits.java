package io.secgroupd.daemon.units;

import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.rules.net.Flow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The units behind the flows of this host, and how many of the questions had an answer. One thread asks. */
public final class LocalUnits implements AutoCloseable {

    private final SocketCgroups sockets;
    private final ListenerCache listeners;
    private final CgroupNames names;
    private final LongAdder named = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    LocalUnits(SocketCgroups sockets, CgroupNames names) {
        this.sockets = sockets;
        this.listeners = new ListenerCache(sockets);
        this.names = names;
    }

    /**
     * Opens a conversation with the kernel.
     *
     * @param mount where the hierarchy of control groups is mounted
     * @throws IOException when the kernel does not list sockets
     */
    public static LocalUnits open(NetlinkChannel.ChannelOpener kernel, Path mount) throws IOException {
        return new LocalUnits(
                SocketCgroups.open(kernel), new CgroupNames(new CgroupTree(mount)::read, System::nanoTime));
    }

    /** The unit that serves the flow's destination; null when it is not known, which is counted. */
    public @Nullable String serving(Flow flow, int interfaceIndex, long nowMillis) {
        long cgroup = listeners.cgroup(flow, interfaceIndex, nowMillis);
        if (cgroup == SocketCgroups.NOBODY) {
            closed.increment();
            return null;
        }
        return of(cgroup);
    }

    /** The unit of a control group that {@link SocketCgroups} told; null when it is not known, which is counted. */
    public @Nullable String of(long cgroup) {
        String name = cgroup > 0 ? names.of(cgroup) : CgroupNames.NONE;
        if (name == null || cgroup == SocketCgroups.NOT_ASKED) {
            return skip();
        }
        if (name.isEmpty()) {
            gone.increment();
            return null;
        }
        named.increment();
        return name;
    }

    private @Nullable String skip() {
        skipped.increment();
        return null;
    }

    /** The counts since the start. Any thread may ask for them. */
    public UnitCounts counts() {
        return new UnitCounts(named.sum(), closed.sum(), gone.sum(), skipped.sum());
    }

    @Override
    public void close() throws IOException {
        sockets.close();
    }
}
