package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts the groups, instances and lists that are written differently, for policies that are too large to be compared
 * further.
 */
final class WrittenChanges {

    /** The sentence of two policies that mean the same. */
    static final String NONE = "no change in meaning";

    private WrittenChanges() {}

    static String between(Policy before, Policy after) {
        var counts = new ArrayList<String>();
        count("group", before.securityGroups(), after.securityGroups(), WrittenChanges::rules, counts);
        count(
                "instance",
                before.instances(),
                after.instances(),
                instance -> List.of(instance.addresses(), instance.securityGroups()),
                counts);
        count("prefix list", before.prefixLists(), after.prefixLists(), list -> list.entries(), counts);
        return counts.isEmpty()
                ? NONE
                : String.join(", ", counts) + " written differently; secgroupd diff tells what that means";
    }

    /** The terms are compared together with the id, since the operator may have chosen the id. */
    private static List<String> rules(SecurityGroup group) {
        return Stream.of(Direction.values())
                .flatMap(direction -> group.rules(direction).stream())
                .map(rule -> rule.id() + " " + rule.terms())
                .toList();
    }

    private static <V> void count(
            String noun,
            Map<String, V> before,
            Map<String, V> after,
            Function<V, Object> meaning,
            List<String> counts) {
        Set<String> ids = new HashSet<>(before.keySet());
        ids.addAll(after.keySet());
        long differing = ids.stream()
                .filter(id -> !Objects.equals(meaning(before, id, meaning), meaning(after, id, meaning)))
                .count();
        if (differing > 0) {
            counts.add(differing + " " + noun + (differing == 1 ? "" : "s"));
        }
    }

    private static <V> List<Object> meaning(Map<String, V> all, String id, Function<V, Object> meaning) {
        return all.containsKey(id) ? List.of(meaning.apply(Objects.requireNonNull(all.get(id)))) : List.of();
    }
}
