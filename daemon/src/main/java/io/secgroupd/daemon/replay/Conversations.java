package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.text.Plural;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds connections in AWS's own records, which contain replies as well as openings. */
final class Conversations {

    /** They take about 100 MB. */
    private static final int MOST = 262_144;

    private final RecordedFlows tally;
    private final Map<FlowTuple, Conversation> open = new LinkedHashMap<>();
    private final Conversation.Account account = new Conversation.Account();
    private long settledEarly;

    Conversations(RecordedFlows tally) {
        this.tally = tally;
    }

    void take(FlowTuple flow, LogLine line, FlowOrigin origin) {
        Conversation known = open.get(flow);
        if (known == null) {
            known = open.get(flow.reversed());
        }
        if (known == null) {
            known = new Conversation(flow, origin);
            open.put(flow, known);
        }
        known.take(flow, line, origin);
        if (open.size() > MOST) {
            settleOldest();
        }
    }

    private void settleOldest() {
        Iterator<Conversation> oldest = open.values().iterator();
        oldest.next().settle(tally, account);
        oldest.remove();
        settledEarly++;
    }

    /** Settles all conversations at the end of the records. */
    void settle() {
        open.values().forEach(conversation -> conversation.settle(tally, account));
        open.clear();
    }

    List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (account.replies() > 0) {
            remarks.add(Plural.grouped(account.replies())
                    + " records were taken for replies of connections, and not judged");
        }
        if (account.untold() > 0) {
            remarks.add(
                    Plural.grouped(account.untold())
                            + " records do not tell which end opened the connection: either may have, and both were asked about");
        }
        if (settledEarly > 0) {
            remarks.add(Plural.grouped(settledEarly)
                    + " connections may be counted twice: there are more than are remembered at once");
        }
        return remarks;
    }
}
