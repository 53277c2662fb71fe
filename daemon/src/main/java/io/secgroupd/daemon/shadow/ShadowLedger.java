package io.secgroupd.daemon.shadow;

import io.secgroupd.daemon.dataplane.ShadowPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a candidate is found to do, over every policy in force that it is judged beside and every start of the daemon.
 * Safe for several threads; the packet loops never use it.
 */
public final class ShadowLedger {

    /** Many changes in a second must not take much memory; no burst lasts longer than so many of them. */
    private static final int MOST_REPLACED = 8;

    private final List<ShadowPair> replaced = new ArrayList<>();
    private ShadowTotals settled = ShadowTotals.NOTHING;
    private UnaryOperator<String> places = UnaryOperator.identity();
    private @Nullable PacketFilter candidate;
    private @Nullable ShadowPair current;

    /**
     * Begins with a candidate. It is judged from the next call of {@link #beside} on.
     *
     * @param from what an earlier start has found
     * @param candidatePlaces turns the place of a rule of the candidate into the one that the operator knows
     */
    synchronized void begin(PacketFilter next, ShadowTotals from, UnaryOperator<String> candidatePlaces) {
        replaced.clear();
        current = null;
        settled = from;
        places = candidatePlaces;
        candidate = next;
    }

    /** Goes on with the same candidate as it is for other addresses of the host, or at another time. */
    synchronized void change(PacketFilter again) {
        candidate = again;
    }

    /** Ends the candidate. The totals stay until the next one begins. */
    synchronized void end() {
        candidate = null;
    }

    /**
     * What is to be judged beside a policy that comes into force: a candidate of which nothing is counted yet, or none. What is
     * counted for the pair before stays known.
     */
    public synchronized ShadowPolicy beside(PacketFilter inForce) {
        if (current != null) {
            replaced.add(current);
            current = null;
        }
        if (replaced.size() > MOST_REPLACED) {
            settled = settled.plus(replaced.remove(0).totals());
        }
        if (candidate == null) {
            return ShadowPolicy.NONE;
        }
        var next = new ShadowPair(new DifferenceText(inForce, candidate, places));
        current = next;
        return next.judged();
    }

    /** Everything so far. */
    public synchronized ShadowTotals totals() {
        ShadowTotals all = settled;
        for (ShadowPair pair : replaced) {
            all = all.plus(pair.totals());
        }
        return current == null ? all : all.plus(current.totals());
    }

    /** Lets go of the pairs in which nothing is counted any more. To be called once a second. */
    synchronized void tidy() {
        Iterator<ShadowPair> pairs = replaced.iterator();
        while (pairs.hasNext()) {
            ShadowPair pair = pairs.next();
            if (pair.isOver()) {
                settled = settled.plus(pair.totals());
                pairs.remove();
            }
        }
    }
}
