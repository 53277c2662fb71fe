package io.secgroupd.daemon.units;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The names of control groups by their ids. An id that is not known has all groups read again, but only so often that reading takes
 * a twentieth of the time at most. A group that has ended keeps its name here, as its last connections may be told later. For one
 * thread.
 */
final class CgroupNames {

    /** Beyond this number all names are forgotten. */
    private static final int MOST = 65_536;

    private static final int REST = 20;
    private static final int PLACES = 256;
    /** The name of an id that no group has which can be seen from here. */
    static final String NONE = "";

    private final Supplier<Map<Long, String>> groups;
    private final LongSupplier nanoTime;
    private final Map<Long, String> known = new HashMap<>();
    /** The last ids asked for, each in a place of its own, found without a number object. */
    private final long[] recentIds = new long[PLACES];

    private final @Nullable String[] recentNames = new String[PLACES];
    private boolean read;
    private long restsUntil;

    /** @param groups reads the names of all groups */
    CgroupNames(Supplier<Map<Long, String>> groups, LongSupplier nanoTime) {
        this.groups = groups;
        this.nanoTime = nanoTime;
    }

    /** The name of a group, {@link #NONE}, or null while the groups may not be read again. */
    @Nullable
    String of(long id) {
        int place = Long.hashCode(id) & (PLACES - 1);
        String recent = recentNames[place];
        if (recent != null && recentIds[place] == id) {
            return recent;
        }
        String name = known.get(id);
        if (name == null) {
            if (!readAgain()) {
                return null;
            }
            name = known.computeIfAbsent(id, unknown -> NONE);
        }
        recentIds[place] = id;
        recentNames[place] = name;
        return name;
    }

    private boolean readAgain() {
        long begin = nanoTime.getAsLong();
        if (read && begin - restsUntil < 0) {
            return false;
        }
        if (known.size() > MOST) {
            known.clear();
        }
        known.putAll(groups.get());
        read = true;
        long end = nanoTime.getAsLong();
        restsUntil = end + REST * (end - begin);
        return true;
    }
}
