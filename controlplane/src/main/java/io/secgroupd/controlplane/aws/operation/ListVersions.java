package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import java.util.Map;
import java.util.TreeMap;

/**
 * The versions of prefix lists: 1 at first, and one more after each change of the entries, however it was made. The file does
 * not hold them. That they begin again with this server harms nobody, because clients read a version before they name it.
 */
public final class ListVersions {

    private record SeenList(int version, boolean modified, PrefixList list) {

        SeenList after(PrefixList now) {
            boolean entries =
                    !list.written().equals(now.written()) || !list.entries().equals(now.entries());
            boolean other =
                    !list.name().equals(now.name()) || !list.maxEntries().equals(now.maxEntries());
            return new SeenList(entries ? version + 1 : version, modified || entries || other, now);
        }
    }

    /** The versions when no list was seen yet. */
    public static final ListVersions NONE = new ListVersions(new TreeMap<>());

    private final Map<String, SeenList> byList;

    private ListVersions(Map<String, SeenList> byList) {
        this.byList = byList;
    }

    /** The version of a list; 1 when it was not seen. */
    public int of(String list) {
        SeenList seen = byList.get(list);
        return seen == null ? 1 : seen.version();
    }

    /**
     * Reports whether the entries, the name or the size of a list have changed since it was first seen. A client that has
     * modified a list waits to be told so, and takes the word for a list that was only made for an error.
     */
    public boolean isModified(String list) {
        SeenList seen = byList.get(list);
        return seen != null && seen.modified();
    }

    /** The versions when the lists are those of another policy. A list that is gone is forgotten. */
    public ListVersions after(Policy policy) {
        var next = new TreeMap<String, SeenList>();
        policy.prefixLists().forEach((id, list) -> {
            SeenList seen = byList.get(id);
            next.put(id, seen == null ? new SeenList(1, false, list) : seen.after(list));
        });
        return new ListVersions(next);
    }
}
