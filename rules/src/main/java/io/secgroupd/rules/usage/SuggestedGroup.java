package io.secgroupd.rules.usage;

import io.secgroupd.rules.net.Direction;
import java.util.List;
import java.util.Optional;

/**
 * A new group with the rules that are missing.
 *
 * @param id        of the new group
 * @param beside    the group that its members have already and whose rules these could also be; empty when the one member has
 *                  no group
 * @param instances that shall have it, by name; none of them belongs to a cluster
 * @param clusters  that shall have it, by name
 */
public record SuggestedGroup(
        String id, Optional<String> beside, List<String> instances, List<String> clusters, List<SuggestedRule> rules) {
    public SuggestedGroup {
        instances = List.copyOf(instances);
        clusters = List.copyOf(clusters);
        rules = List.copyOf(rules);
    }

    /** The rules of one direction, in their order. */
    public List<SuggestedRule> rules(Direction direction) {
        return rules.stream().filter(rule -> rule.direction() == direction).toList();
    }
}
