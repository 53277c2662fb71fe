package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.IpAddress;
import java.util.Arrays;
import java.util.Map;

/**
 * Single addresses of one family, each with a number. A hash table with open addressing, a quarter full at most: for
 * most addresses of strangers the first place is empty, while a binary search would mispredict every second branch.
 */
final class AddressSlots {

    static final int NONE = -1;

    private static final int PLACES_EACH = 4;
    /** 2^64 divided by the golden ratio: neighbouring addresses land far apart (Knuth, volume 3, section 6.4). */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final long[] highs;
    private final long[] lows;
    private final int[] slots;
    private final int shift;

    /** @param slotOf the number of each address, 0 or more */
    AddressSlots(Map<IpAddress, Integer> slotOf) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(PLACES_EACH * slotOf.size() + 1);
        this.shift = Long.SIZE - bits;
        this.highs = new long[1 << bits];
        this.lows = new long[1 << bits];
        this.slots = new int[1 << bits];
        Arrays.fill(slots, NONE);
        slotOf.forEach((address, slot) -> {
            int place = place(address.high(), address.low());
            highs[place] = address.high();
            lows[place] = address.low();
            slots[place] = slot;
        });
    }

    /** The number of the address with these halves, or {@link #NONE}. */
    int slotOf(long high, long low) {
        return slots[place(high, low)];
    }

    /** The place of the address, or the empty place where it would be put. */
    private int place(long high, long low) {
        int place = (int) (((high * 31 + low) * SPREAD) >>> shift);
        while (slots[place] != NONE && (lows[place] != low || highs[place] != high)) {
            place = (place + 1) & (slots.length - 1);
        }
        return place;
    }
}
