package io.secgroupd.daemon.admin;

import java.util.HashMap;
import java.util.Map;

/**
 * A limited number of slots, of which one user may hold only a part, so that no user can take all of them. Root and all
 * others have separate slots.
 */
final class Slots {

    private final int most;
    private final int mostOfOne;
    private final Map<Integer, Integer> taken = new HashMap<>();
    private int all;

    /**
     * Creates free slots.
     *
     * @param most      the number of slots
     * @param mostOfOne the number that one user may hold
     */
    Slots(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes a slot for this user; returns false when none is free for that user. */
    synchronized boolean take(int uid) {
        int own = taken.getOrDefault(uid, 0);
        if (all >= most || own >= mostOfOne) {
            return false;
        }
        all++;
        taken.put(uid, own + 1);
        return true;
    }

    /** Gives back a slot. */
    synchronized void free(int uid) {
        all--;
        taken.computeIfPresent(uid, (user, own) -> own == 1 ? null : own - 1);
    }
}
