package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.pipeline.SoundPolicy;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds lists that lost their last entry. A failed download leaves an empty file, which would lock out everybody whom the
 * list let in.
 */
final class EmptiedLists {

    private EmptiedLists() {}

    /** Reports whether, and how, a list of the policy has become empty that should not have. */
    static boolean possible(Policy policy) {
        return policy.prefixLists().values().stream().anyMatch(EmptiedLists::isRemarkable);
    }

    /**
     * Refuses a policy one of whose lists has lost its last entry.
     *
     * @throws RefusedPolicyException when a list has lost its last entry
     */
    static void requireNone(SoundPolicy before, SoundPolicy now) throws RefusedPolicyException {
        List<Problem> emptied = problems(before.written(), now.written());
        if (!emptied.isEmpty()) {
            throw new RefusedPolicyException(
                    Stream.concat(now.warnings().stream(), emptied.stream())
                            .sorted()
                            .toList(),
                    now.files());
        }
    }

    /** An error for each list that had entries before and has none now. */
    private static List<Problem> problems(Policy before, Policy now) {
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
