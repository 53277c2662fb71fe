package io.secgroupd.rules.testkit;

import java.util.ArrayDeque;
import java.util.Iterator;

/** The last of what happened in a simulation, each with its time, for whoever must understand a failure. */
public final class RecentHistory implements Iterable<String> {

    private static final int MOST = 40;

    private final SimulatedClock clock;
    private final ArrayDeque<String> notes = new ArrayDeque<>();

    public RecentHistory(SimulatedClock clock) {
        this.clock = clock;
    }

    public void note(String what) {
        notes.addLast(clock.time() + " " + what);
        if (notes.size() > MOST) {
            notes.removeFirst();
        }
    }

    @Override
    public Iterator<String> iterator() {
        return notes.iterator();
    }
}
