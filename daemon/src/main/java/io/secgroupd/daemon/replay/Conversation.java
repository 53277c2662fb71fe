package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.Role;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.usage.Sightings;
import java.util.List;
import java.util.function.Predicate;

/** Combines the records in AWS's own logs of both directions between two ends and their ports. */
final class Conversation {

    private final Way first;
    private final Way other;

    /** All records of one direction. */
    private static final class Way {
        private final FlowTuple flow;
        private FlowOrigin origin;
        private Role byFlags = Role.UNTOLD;
        private boolean flagsTold;
        private Role byPorts = Role.UNTOLD;
        private boolean accepted;
        private boolean refused;
        private long begin = Long.MAX_VALUE;
        private long end = Long.MIN_VALUE;
        private long records;

        Way(FlowTuple flow, FlowOrigin origin) {
            this.flow = flow;
            this.origin = origin;
        }

        void take(LogLine line, FlowOrigin seenBy) {
            Role flags = Role.byFlags(line);
            byFlags = byFlags == Role.UNTOLD ? flags : byFlags;
            flagsTold |= Role.tellsFlags(line);
            byPorts = Role.byPorts(line);
            accepted |= line.accepted();
            refused |= !line.accepted();
            begin = Math.min(begin, line.firstMillis() < 0 ? line.timeMillis() : line.firstMillis());
            end = Math.max(end, Math.max(begin, line.happenedMillis()));
            origin = records++ == 0 ? seenBy : origin;
        }

        Sightings once() {
            return new Sightings(1, begin, end);
        }

        boolean onlyRefused() {
            return refused && !accepted && !flagsTold;
        }
    }

    Conversation(FlowTuple flow, FlowOrigin origin) {
        first = new Way(flow, origin);
        other = new Way(flow.reversed(), origin.fromTheOtherEnd());
    }

    void take(FlowTuple flow, LogLine line, FlowOrigin origin) {
        (flow.equals(first.flow) ? first : other).take(line, origin);
    }

    /** Returns who opened it: one end, both ends separately, or nobody if unknown. The surest evidence decides. */
    private List<Way> openers() {
        List<Way> opened = those(way -> way.byFlags == Role.OPENING || opposite(way).byFlags == Role.REPLY);
        if (opened.isEmpty()) {
            // A group refuses no reply to what it let through, so it refused an attempt, or a network ACL did.
            opened = those(way -> way.onlyRefused() && !opposite(way).accepted);
        }
        if (opened.isEmpty()) {
            opened = those(way -> opposite(way).onlyRefused() && way.accepted);
        }
        if (opened.isEmpty()) {
            opened = those(way -> way.byPorts == Role.OPENING || opposite(way).byPorts == Role.REPLY);
        }
        return opened.isEmpty() ? those(way -> way.begin < opposite(way).begin && opposite(way).records > 0) : opened;
    }

    private List<Way> those(Predicate<Way> condition) {
        return List.of(first, other).stream().filter(condition).toList();
    }

    private Way opposite(Way way) {
        return way == first ? other : first;
    }

    /** Adds what is to be judged to the tally, and the use of the records to the account. */
    void settle(RecordedFlows tally, Account account) {
        List<Way> openers = openers();
        if (openers.isEmpty()) {
            account.untold += first.records + other.records;
            Way seen = first.records > 0 ? first : other;
            tally.add(new RecordedFlow(first.flow, true, first.origin), seen.once());
            return;
        }
        for (Way way : openers) {
            Way seen = way.records > 0 ? way : opposite(way);
            tally.add(new RecordedFlow(way.flow, false, way.origin), seen.once());
            account.replies += openers.size() == 1 ? opposite(way).records : 0;
        }
    }

    /** Counts records that open nothing, or of which this is unknown. */
    static final class Account {
        private long replies;
        private long untold;

        long replies() {
            return replies;
        }

        long untold() {
            return untold;
        }
    }
}
