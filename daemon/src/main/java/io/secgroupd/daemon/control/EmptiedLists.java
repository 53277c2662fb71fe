package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Problem;
import io.secgroupd.rules.model.Problem.Severity;
import java.util.List;

/**
 * Lists that lost their last entry. A download that failed leaves an empty file, and in force it would lock out everybody
 * whom the list let in.
 */
final class EmptiedLists {

    private EmptiedLists() {}

    /** Reports whether a policy has a list that should not have become empty, if it has. */
    static boolean possible(Policy policy) {
        return policy.prefixLists().values().stream().anyMatch(EmptiedLists::isRemarkable);
    }

    /** An error for each list that has entries before, and none now. */
    static List<Problem> problems(Policy before, Policy now) {
        return now.prefixLists().values().stream()
                .filter(EmptiedLists::isRemarkable)
                .filter(list -> hadEntries(before, list.id()))
                .map(list -> new Problem(
                        Severity.ERROR,
                        list.at(),
                        "prefix_lists." + list.id(),
                        "the list is empty, and the one in force is not; write its entries, or allow_empty: true"))
                .toList();
    }

    private static boolean isRemarkable(PrefixList list) {
        return list.entries().isEmpty() && !list.allowEmpty();
    }

    private static boolean hadEntries(Policy before, String id) {
        PrefixList list = before.prefixLists().get(id);
        return list != null && !list.entries().isEmpty();
    }
}
