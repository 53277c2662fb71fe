package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.Policy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The versions of prefix lists: 1 at first, and one more after each change of the entries, however it was made. The file does
 * not hold them. That they begin again with this server harms nobody, because clients read a version before they name it.
 */
public final class ListVersions {

    private record Seen(int version, Optional<ListEntries> entries) {}

    /** The versions when no list was seen yet. */
    public static final ListVersions NONE = new ListVersions(new TreeMap<>());

    private final Map<String, Seen> byList;

    private ListVersions(Map<String, Seen> byList) {
        this.byList = byList;
    }

    /** The version of a list; 1 when it was not seen. */
    public int of(String list) {
        Seen seen = byList.get(list);
        return seen == null ? 1 : seen.version();
    }

    /** The versions when the lists are those of another policy. A list that is gone is forgotten. */
    public ListVersions after(Policy policy) {
        var next = new TreeMap<String, Seen>();
        policy.prefixLists().forEach((id, list) -> {
            Seen seen = byList.get(id);
            boolean same = seen == null || seen.entries().equals(list.written());
            next.put(id, new Seen(same ? of(id) : of(id) + 1, list.written()));
        });
        return new ListVersions(next);
    }
}
