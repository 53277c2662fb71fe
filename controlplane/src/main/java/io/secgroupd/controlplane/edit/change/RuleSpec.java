package io.secgroupd.controlplane.edit.change;

import io.secgroupd.rules.model.RuleId;
import io.secgroupd.rules.net.Direction;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One rule with everything that can be written about it.
 *
 * @param description may be empty
 * @param expires     from then on it matches nothing; empty: it stays
 * @param id          that stands in the file; empty where the rule shall have the id that follows from its content
 */
public record RuleSpec(
        RuleKey key, String description, Map<String, String> tags, Optional<Instant> expires, Optional<String> id) {

    public RuleSpec {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** A rule with neither description nor tags nor an id of its own, which stays. */
    public static RuleSpec of(RuleKey key) {
        return new RuleSpec(key, "", Map.of(), Optional.empty(), Optional.empty());
    }

    /** The id that follows from the content. */
    public static String derivedId(String group, Direction direction, RuleKey key) {
        return RuleId.derive(group, direction, key.protocol(), key.ports(), key.icmp(), key.peer());
    }
}
