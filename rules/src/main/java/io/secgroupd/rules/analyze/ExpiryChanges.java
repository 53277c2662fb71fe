package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names the rules whose end is another in one policy than in another. No verdict changes with that, until the end comes. */
final class ExpiryChanges {

    private ExpiryChanges() {}

    /** {@code sgr-… of sg-web expires at 2026-12-01T18:00:00Z}, one text for each rule of the policy after. */
    static List<String> between(Policy before, Policy after) {
        var changes = new ArrayList<String>();
        Map<String, Rule> was = ending(before);
        Map<String, Rule> is = ending(after);
        is.values().stream()
                .filter(rule -> !isSame(rule, was.get(rule.id())))
                .forEach(rule -> changes.add(name(rule) + " expires at "
                        + rule.expires().map(Object::toString).orElse("")));
        if (!was.isEmpty()) {
            after.rules()
                    .filter(rule -> was.containsKey(rule.id()) && !is.containsKey(rule.id()))
                    .forEach(rule -> changes.add(name(rule) + " expires no longer"));
        }
        return changes;
    }

    private static Map<String, Rule> ending(Policy policy) {
        Map<String, Rule> ending = new LinkedHashMap<>();
        policy.rules().filter(rule -> rule.expires().isPresent()).forEach(rule -> ending.put(rule.id(), rule));
        return ending;
    }

    private static boolean isSame(Rule rule, @Nullable Rule before) {
        return before != null && rule.expires().equals(before.expires());
    }

    private static String name(Rule rule) {
        return rule.id() + " of " + rule.group();
    }
}
