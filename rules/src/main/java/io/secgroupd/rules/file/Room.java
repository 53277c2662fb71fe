package io.secgroupd.rules.file;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a policy may take, estimated before anything is built of it. A file that exceeds it is refused with a
 * message that gives the numbers and names the setting; otherwise it would end the process that reads it. The policy in
 * force stays in memory until the next one is complete, so each costs twice what it keeps, plus what building it takes
 * for a while. Commands and daemon count in the same way.
 */
final class Room {

    /**
     * An estimate of what a range takes while it is gathered, sorted, packed and compiled, and of what two policies
     * keep of it.
     */
    private static final int BYTES_V4 = 72;

    private static final int BYTES_V6 = 140;

    /** A rule with its id, its place and its path. */
    private static final int BYTES_RULE = 1000;

    /** An address of an instance, in the map of owners and in the map that finds its instance. */
    private static final long BYTES_ADDRESS = 240;

    /** A value of a YAML file, with its name in the tree. */
    private static final int BYTES_NODE = 120;

    /** A byte of a YAML file: its texts are kept as they are, and the policy in force keeps them too. */
    private static final int BYTES_TEXT = 2;

    /** What the rest of the process needs: its young objects, rings, buffers, counters. */
    private static final long OWN_BYTES = 56L << 20;

    private final long heap;
    private final long bytes;
    private long taken;
    private long v4;
    private long v6;
    private long rules;
    private long addresses;
    private long memberships;
    private long nodes;
    private long text;
    private @Nullable Location passedAt;
    private String passedBy = "";

    /** @param heap that the process may grow to, in bytes */
    Room(long heap) {
        this.heap = heap;
        this.bytes = Math.max(heap / 4, heap - OWN_BYTES);
    }

    /**
     * Counts a range of a list, and reports whether there is room for it. The rest of the list is counted even if not.
     */
    boolean takeRange(Family family, Location at, String path) {
        boolean fits = takeRange(family);
        if (!fits) {
            ranOut(at, path);
        }
        return fits;
    }

    /**
     * As {@link #takeRange(Family, Location, String)}, for one of a million lines, whose place is made only when it is to be told: where
     * this says that there is no room, {@link #ranOut} is called.
     */
    boolean takeRange(Family family) {
        boolean ipv4 = family == Family.IPV4;
        v4 += ipv4 ? 1 : 0;
        v6 += ipv4 ? 0 : 1;
        taken += ipv4 ? BYTES_V4 : BYTES_V6;
        return taken <= bytes;
    }

    /** Notes where there was no more room; the first place counts. */
    void ranOut(Location at, String path) {
        if (passedAt == null) {
            passedAt = at;
            passedBy = path;
        }
    }

    /** Counts the rules of a group, and reports whether there is room for them. */
    boolean takeRules(long count, Location at, String path) {
        rules += count;
        return take(count * BYTES_RULE, at, path);
    }

    /**
     * Counts the addresses of an instance, each of which is in the list of members of every group, and reports whether there
     * is room for them.
     */
    boolean takeAddresses(List<IpAddress> more, int groups, Location at, String path) {
        long ipv4 =
                more.stream().filter(address -> address.family() == Family.IPV4).count();
        addresses += more.size();
        memberships += (long) more.size() * groups;
        return take(
                more.size() * BYTES_ADDRESS + groups * (ipv4 * BYTES_V4 + (more.size() - ipv4) * BYTES_V6), at, path);
    }

    void takeNodes(long count, Location at) {
        nodes += count;
        take(count * BYTES_NODE, at, "");
    }

    /** Counts a YAML file of so many bytes, and reports whether there is room for it. */
    boolean takeText(long count, Location at) {
        text += count;
        return take(count * BYTES_TEXT, at, "");
    }

    private boolean take(long more, Location at, String path) {
        taken += more;
        if (taken > bytes) {
            ranOut(at, path);
        }
        return taken <= bytes;
    }

    /** Reports the total once, at the place where the room ran out. */
    void report(Problems problems) {
        if (passedAt != null) {
            problems.error(passedAt, passedBy, sentence());
        }
    }

    private String sentence() {
        return "the files hold " + v4 + " IPv4 and " + v6 + " IPv6 list entries, " + rules + " rules, " + addresses
                + " addresses of instances in " + memberships + " memberships of groups, and " + nodes + " values in "
                + mebibytes(text) + " MiB of text: together with the policy in force that takes " + mebibytes(taken)
                + " MiB, and in the heap of "
                + mebibytes(heap) + " MiB a policy may take only " + mebibytes(bytes)
                + " MiB; shorten the lists, or raise SECGROUPD_HEAP, for the daemon in its unit";
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
