package io.secgroupd.rules.analyze;

import io.secgroupd.rules.analyze.InstanceChange.Kind;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names the invariants that one policy promises and another does not. No verdict changes with them, but what may. */
final class InvariantChanges {

    private InvariantChanges() {}

    /** Those of the policy before come first. */
    static List<InvariantChange> between(Policy before, Policy after) {
        Map<String, Set<List<Object>>> was = byTitle(before);
        Map<String, Set<List<Object>>> is = byTitle(after);
        Set<String> titles = new LinkedHashSet<>(was.keySet());
        titles.addAll(is.keySet());
        var changes = new ArrayList<InvariantChange>();
        for (String title : titles) {
            Set<List<Object>> old = was.getOrDefault(title, Set.of());
            Set<List<Object>> fresh = is.getOrDefault(title, Set.of());
            if (!old.equals(fresh)) {
                Kind kind = old.isEmpty() ? Kind.ADDED : fresh.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
                changes.add(new InvariantChange(title, kind));
            }
        }
        return changes;
    }

    private static Map<String, Set<List<Object>>> byTitle(Policy policy) {
        Map<String, Set<List<Object>>> byTitle = new LinkedHashMap<>();
        for (Invariant one : policy.invariants()) {
            String title = one.name().isEmpty() ? one.terms() : Quote.of(one.name());
            byTitle.computeIfAbsent(title, unused -> new LinkedHashSet<>())
                    .add(List.of(one.kind(), one.from(), one.to(), one.protocol(), one.ports()));
        }
        return byTitle;
    }
}
