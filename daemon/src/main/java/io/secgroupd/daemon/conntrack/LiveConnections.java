package io.secgroupd.daemon.conntrack;

import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Cuts the running connections that a policy does not allow, by one bit of their conntrack mark: the skeleton drops what
 * carries it. Entries are never deleted, since the next packet of a deleted one would come back as a first packet.
 *
 * <p>The bit goes again when a later policy allows the connection: ends that use fixed ports on both sides, as WireGuard
 * and NTP do, never open another connection than the cut one.
 */
public final class LiveConnections {

    private final int cutMark;
    private final JudgedHooks hooks;
    private final Supplier<Set<IpAddress>> localAddresses;

    /** @param cutMark the one bit that the skeleton drops */
    public LiveConnections(int cutMark, JudgedHooks hooks, Supplier<Set<IpAddress>> localAddresses) {
        this.cutMark = cutMark;
        this.hooks = hooks;
        this.localAddresses = localAddresses;
    }

    /**
     * What was done.
     *
     * @param judged  entries that were looked at
     * @param cut     those that lost their rule
     * @param revived those that were cut and have a rule again
     */
    public record Result(long judged, long cut, long revived) {}

    /**
     * Judges every connection by a policy, in the calling thread's network namespace. Needs CAP_NET_ADMIN.
     *
     * @throws IOException when the kernel does not list or mark; connections that were marked until then stay so
     */
    public Result follow(PacketFilter filter) throws IOException {
        return pass(filter, true);
    }

    /** Says what {@link #follow} would do, and does nothing. */
    public Result preview(PacketFilter filter) throws IOException {
        return pass(filter, false);
    }

    private Result pass(PacketFilter filter, boolean marking) throws IOException {
        var judge = new ConnectionJudge(filter, localAddresses.get(), hooks);
        try (ConnectionTable table = ConnectionTable.open()) {
            var pass = new Pass(table, judge, marking);
            for (Family family : Family.values()) {
                table.forEach(family, (connection, entry) -> pass.follow(family, connection, entry));
            }
            return new Result(pass.judged, pass.cut, pass.revived);
        }
    }

    private final class Pass {

        private final ConnectionTable table;
        private final ConnectionJudge judge;
        private final boolean marking;
        private long judged;
        private long cut;
        private long revived;

        Pass(ConnectionTable table, ConnectionJudge judge, boolean marking) {
            this.table = table;
            this.judge = judge;
            this.marking = marking;
        }

        void follow(Family family, LiveConnection connection, Entry entry) throws IOException {
            judged++;
            boolean isCut = (entry.mark() & cutMark) != 0;
            boolean allowed = judge.allows(connection);
            if (isCut != allowed || (marking && !table.mark(family, entry, cutMark, !allowed))) {
                return;
            }
            if (allowed) {
                revived++;
            } else {
                cut++;
            }
        }
    }
}
