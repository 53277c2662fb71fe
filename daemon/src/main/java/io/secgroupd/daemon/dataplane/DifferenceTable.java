package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The distinct differences between a policy in force and a candidate, by the two decisions and the service. All loops share it
 * without a lock: counters are made beforehand, and whoever meets a difference first puts one of them in its place. Counting
 * allocates nothing.
 *
 * <p>Whoever scans the ports of a host makes a difference of each. So the last quarter is for differences without a port, and
 * what finds no room even there is counted together.
 */
public final class DifferenceTable {

    /** The largest number of distinct differences, in about 200 kB. */
    public static final int CAPACITY = 1024;

    /** Half of the slots stay free, so that every search ends soon. */
    private final AtomicReferenceArray<DifferenceCounter> slots;

    private final DifferenceCounter[] counters;
    private final int withService;
    private final AtomicInteger taken = new AtomicInteger();
    private final DifferenceCounter otherRefused = new DifferenceCounter();
    private final DifferenceCounter otherAllowed = new DifferenceCounter();

    /** @param capacity a power of two */
    DifferenceTable(int capacity) {
        this.slots = new AtomicReferenceArray<>(2 * capacity);
        this.counters = Stream.generate(DifferenceCounter::new).limit(capacity).toArray(DifferenceCounter[]::new);
        this.withService = capacity - capacity / 4;
    }

    /** Counts a flow about which the two policies differ. */
    void count(Decision inForce, Decision candidate, Flow flow, long epochMillis) {
        if (!count(inForce, candidate, flow, flow.selector(), withService, epochMillis)
                && !count(inForce, candidate, flow, DifferenceCounter.ANY_SERVICE, counters.length, epochMillis)) {
            others(inForce.passes()).hit(epochMillis);
        }
    }

    /**
     * Counts it for this service. Returns false when it has no counter, and there is none left for it.
     *
     * @param limit how many counters may be taken for it
     */
    private boolean count(Decision inForce, Decision candidate, Flow flow, int service, int limit, long now) {
        int at = hash(inForce, candidate, flow.protocol(), service);
        while (true) {
            DifferenceCounter met = slots.get(at & slots.length() - 1);
            if (met == null) {
                met = take(at & slots.length() - 1, inForce, candidate, flow, service, limit, now);
            }
            if (met == null) {
                return false;
            }
            if (met.isOf(inForce, candidate, flow.protocol(), service)) {
                met.hit(now);
                return true;
            }
            at++;
        }
    }

    /** Puts a counter into a free slot, and returns the one that is there afterwards; null when none is left. */
    private @Nullable DifferenceCounter take(
            int slot, Decision inForce, Decision candidate, Flow flow, int service, int limit, long now) {
        int number = taken.get();
        while (number < limit && !taken.compareAndSet(number, number + 1)) {
            number = taken.get();
        }
        if (number >= limit) {
            return null;
        }
        DifferenceCounter fresh = counters[number];
        fresh.begin(inForce, candidate, flow, service, now);
        return slots.compareAndSet(slot, null, fresh) ? fresh : slots.get(slot);
    }

    private static int hash(Decision inForce, Decision candidate, int protocol, int service) {
        long mixed = System.identityHashCode(inForce) * 31L + System.identityHashCode(candidate);
        mixed = (mixed * 31 + protocol) * 31 + service;
        return (int) ((mixed * 0x9E37_79B9_7F4A_7C15L) >>> 33);
    }

    /** The counters of all differences that were met. */
    public List<DifferenceCounter> counters() {
        var met = new ArrayList<DifferenceCounter>();
        for (int i = 0; i < slots.length(); i++) {
            DifferenceCounter counter = slots.get(i);
            if (counter != null) {
                met.add(counter);
            }
        }
        return met;
    }

    /** Counts what found no room: flows that the candidate would refuse, or those that it would allow. */
    public DifferenceCounter others(boolean refused) {
        return refused ? otherRefused : otherAllowed;
    }
}
