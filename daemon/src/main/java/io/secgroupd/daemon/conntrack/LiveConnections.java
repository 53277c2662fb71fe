package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the running connections that a policy does not allow by one bit of their conntrack mark; the skeleton drops the
 * packets that carry it. Entries are not deleted, since the next packet of a deleted one would come back as a first packet.
 * A mark ends with its entry, so this host's sockets of cut connections are destroyed as well, and cut TCP connections are
 * remembered.
 *
 * <p>The bit is cleared when a later policy allows the connection: ends that use fixed ports on both sides, as WireGuard and
 * NTP do, never open another connection than the cut one. For one thread at a time.
 */
public final class LiveConnections {

    private static final int TCP = 6;

    /** Beyond this number some cut connections are not checked again: a list of all would cost as much as the table. */
    private static final int MOST_REMEMBERED = 1 << 16;

    private final NetlinkChannel.ChannelOpener kernel;
    private final int cutMark;
    private final JudgedHooks hooks;
    private final Supplier<Set<IpAddress>> localAddresses;
    private Set<FlowTuple> wereCut = new HashSet<>();
    private final Set<FlowTuple> ended = new HashSet<>();
    /** The TCP connections that were cut, by their first packets, until a policy allows them, even if the entry is gone. */
    private final Map<FlowTuple, LiveConnection> remembered = new HashMap<>();

    /** @param cutMark the one bit that the skeleton drops; 0 when there is none: then only sockets and entries are ended */
    public LiveConnections(int cutMark, JudgedHooks hooks, Supplier<Set<IpAddress>> localAddresses) {
        this(NetlinkSocket::open, cutMark, hooks, localAddresses);
    }

    LiveConnections(
            NetlinkChannel.ChannelOpener kernel,
            int cutMark,
            JudgedHooks hooks,
            Supplier<Set<IpAddress>> localAddresses) {
        this.kernel = kernel;
        this.cutMark = cutMark;
        this.hooks = hooks;
        this.localAddresses = localAddresses;
    }

    /**
     * The counts of one pass over the connections.
     *
     * @param judged the number of entries that were judged
     * @param cut the number of entries that no rule allows any more
     * @param revived the number of entries that were cut and that a rule allows again
     * @param destroyed the number of local sockets of cut connections that were destroyed
     * @param obstacle the reason why the kernel did not destroy such a socket; empty when it did, or there was none
     */
    public record Result(long judged, long cut, long revived, long destroyed, Optional<String> obstacle) {}

    /**
     * Judges every connection by a policy, in the calling thread's network namespace. Needs CAP_NET_ADMIN.
     *
     * @throws IOException when the kernel does not list or mark; connections that were already marked stay so
     */
    public Result follow(PacketFilter filter) throws IOException {
        return pass(filter, true);
    }

    /** Every TCP flow that was cut and has no rule yet, before and after any translation. */
    public Set<FlowTuple> cutFlows() {
        Set<FlowTuple> flows = new HashSet<>();
        for (LiveConnection connection : remembered.values()) {
            flows.add(connection.opened());
            flows.add(connection.answerer());
        }
        return flows;
    }

    /** Reports what {@link #follow} would do, and changes nothing. */
    public Result preview(PacketFilter filter) throws IOException {
        return pass(filter, false);
    }

    /**
     * Checks whether what {@link #follow} cut is still cut, because another program may write the whole mark. A connection
     * that lost its mark is marked again, or its entry is deleted where that keeps it out: the next packet is a first packet
     * for all protocols but TCP, and a TCP connection whose local socket is gone has no evidence for a pickup.
     *
     * @param distrust whether to delete what can be deleted even though it has its mark: the next packet may clear it
     * @throws IOException when the kernel does not list or mark
     */
    public Again verify(boolean distrust) throws IOException {
        Set<FlowTuple> alive = new HashSet<>();
        long unmarked = 0;
        try (ConnectionTable table = ConnectionTable.open(kernel)) {
            for (Family family : Family.values()) {
                var lost = new long[1];
                table.forEach(family, (connection, entry) -> {
                    if (wereCut.contains(connection.opened()) || isPickedUpAgain(connection)) {
                        boolean isCut = (entry.mark() & cutMark) != 0;
                        boolean done = (distrust || cutMark == 0 || !isCut) && again(table, family, connection, entry);
                        lost[0] += done && !isCut && cutMark != 0 ? 1 : 0;
                        alive.add(connection.opened());
                    }
                });
                unmarked += lost[0];
            }
        }
        wereCut = alive;
        return new Again(alive.size(), unmarked);
    }

    /**
     * The result of a check of cut connections.
     *
     * @param known the number of entries of cut connections that the kernel still has
     * @param unmarked the number of those that had lost their mark
     */
    public record Again(long known, long unmarked) {}

    /** Reports whether the other end picked up a cut connection, so that it seems to have opened it. */
    private boolean isPickedUpAgain(LiveConnection connection) {
        return connection.midstream()
                && wereCut.contains(connection.turnedRound().opened());
    }

    private boolean again(ConnectionTable table, Family family, LiveConnection connection, ConnectionMessage entry)
            throws IOException {
        boolean mayComeBack = connection.opened().protocol() == TCP && !ended.contains(connection.opened());
        return mayComeBack ? table.mark(family, entry, cutMark, true) : table.delete(family, entry);
    }

    private Result pass(PacketFilter filter, boolean marking) throws IOException {
        var judge = new ConnectionJudge(filter, localAddresses.get(), hooks);
        if (marking) {
            wereCut = new HashSet<>();
            ended.clear();
            remembered.values().removeIf(judge::allows);
        }
        try (ConnectionTable table = ConnectionTable.open(kernel);
                CutSockets sockets = new CutSockets(kernel)) {
            var pass = new Pass(table, sockets, judge, marking);
            for (Family family : Family.values()) {
                table.forEach(family, (connection, entry) -> pass.follow(family, connection, entry));
            }
            return new Result(pass.judged, pass.cut, pass.revived, pass.destroyed, Optional.ofNullable(pass.obstacle));
        }
    }

    private final class Pass {

        private final ConnectionTable table;
        private final CutSockets sockets;
        private final ConnectionJudge judge;
        private final boolean marking;
        private long judged;
        private long cut;
        private long revived;
        private long destroyed;
        private @Nullable String obstacle;

        Pass(ConnectionTable table, CutSockets sockets, ConnectionJudge judge, boolean marking) {
            this.table = table;
            this.sockets = sockets;
            this.judge = judge;
            this.marking = marking;
        }

        void follow(Family family, LiveConnection connection, ConnectionMessage entry) throws IOException {
            judged++;
            boolean isCut = (entry.mark() & cutMark) != 0;
            boolean allowed = judge.allows(connection);
            if (isCut == allowed && (!marking || table.mark(family, entry, cutMark, !allowed))) {
                if (allowed) {
                    revived++;
                } else {
                    cut++;
                }
            }
            if (!allowed && marking) {
                end(connection, entry);
            }
        }

        /**
         * The connection is already marked, so the reset of a dying local socket is dropped and the peer learns nothing. In
         * a zone of its own the same ends may belong to another connection.
         */
        private void end(LiveConnection connection, ConnectionMessage entry) {
            if (wereCut.size() < MOST_REMEMBERED) {
                wereCut.add(connection.opened());
            }
            if (connection.opened().protocol() == TCP && remembered.size() < MOST_REMEMBERED) {
                remembered.put(connection.opened(), connection);
            }
            if (entry.zone() == 0) {
                long before = destroyed;
                destroy(connection.opened());
                entry.answers().ifPresent(this::destroy);
                if (destroyed > before && ended.size() < MOST_REMEMBERED) {
                    ended.add(connection.opened());
                }
            }
        }

        /** A kernel that cannot destroy sockets is no reason not to cut: the mark lasts as long as the entry. */
        private void destroy(FlowTuple local) {
            try {
                if (obstacle == null && sockets.destroy(local)) {
                    destroyed++;
                }
            } catch (IOException e) {
                obstacle = e.getMessage();
            }
        }
    }
}
