package io.secgroupd.controlplane.fleet.membership;

import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says which instances join and which leave, for the history. */
public final class JoinSentence {

    private static final int MOST = 3;

    private JoinSentence() {}

    /** From one map of addresses by instance to another. */
    public static String of(
            SortedMap<String, SortedSet<IpAddress>> before, SortedMap<String, SortedSet<IpAddress>> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> clauses = new ArrayList<>();
        for (String name : names) {
            SortedSet<IpAddress> had = before.getOrDefault(name, Collections.emptySortedSet());
            SortedSet<IpAddress> has = after.getOrDefault(name, Collections.emptySortedSet());
            if (!had.equals(has)) {
                clauses.add(clause(name, had, has));
            }
        }
        int more = clauses.size() - MOST;
        return String.join("; ", clauses.subList(0, Math.min(MOST, clauses.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String clause(String name, SortedSet<IpAddress> had, SortedSet<IpAddress> has) {
        if (has.isEmpty()) {
            return name + " has left";
        }
        String addresses = has.stream().map(IpAddress::toString).collect(Collectors.joining(", "));
        return had.isEmpty() ? name + " joins with " + addresses : name + " now has " + addresses;
    }
}
