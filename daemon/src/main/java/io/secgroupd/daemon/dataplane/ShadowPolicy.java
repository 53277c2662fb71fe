package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.decide.PacketFilter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A candidate that is judged beside the policy in force, and what it would have decided otherwise. It belongs to one pair of
 * policies: when one of them is replaced, so is this. Every loop counts, and any thread may read.
 */
public final class ShadowPolicy {

    /** Stands for no candidate: nothing is compared with it. */
    public static final ShadowPolicy NONE =
            new ShadowPolicy(new PacketFilter(HostAnswer.REFUSE, List.of(), List.of()), new DifferenceTable(1));

    private final PacketFilter filter;
    private final DifferenceTable differences;
    private final AtomicLong compared = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();

    private ShadowPolicy(PacketFilter filter, DifferenceTable differences) {
        this.filter = filter;
        this.differences = differences;
    }

    /** Makes a candidate of which nothing has been counted yet. */
    public static ShadowPolicy of(PacketFilter candidate) {
        return new ShadowPolicy(candidate, new DifferenceTable(DifferenceTable.CAPACITY));
    }

    /** Reports whether there is a candidate. */
    public boolean isPresent() {
        return this != NONE;
    }

    PacketFilter filter() {
        return filter;
    }

    /** The differences so far. */
    public DifferenceTable differences() {
        return differences;
    }

    void countCompared(int packets) {
        compared.getAndAdd(packets);
    }

    void countFault() {
        faults.getAndIncrement();
    }

    /** How many first packets both have judged. */
    public long compared() {
        return compared.get();
    }

    /** How many times the candidate could not judge because of a defect of the program. */
    public long faults() {
        return faults.get();
    }
}
