package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Prefix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be added to a policy for it to allow what was seen.
 *
 * @param lists  new prefix lists, by id, which the rules name
 * @param groups new groups; none when the policy allows everything already
 */
public record Suggestion(Map<String, List<Prefix>> lists, List<SuggestedGroup> groups) {
    public Suggestion {
        lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
        groups = List.copyOf(groups);
    }

    /** A policy with these lists and groups, and with the groups at the instances and clusters that shall have them. */
    public Policy addedTo(Policy policy) {
        return Supplement.of(policy, this);
    }

    /** The number of rules, each with one or more peers. */
    public int rules() {
        return groups.stream().mapToInt(group -> group.rules().size()).sum();
    }
}
