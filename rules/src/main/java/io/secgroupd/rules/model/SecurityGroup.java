package io.secgroupd.rules.model;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Location;
import java.util.List;
import java.util.Map;

/**
 * A set of rules that instances can have. Rules only allow, and their order changes no verdict: it only decides which
 * one is named when several match.
 *
 * @param name        a label for people; may be empty
 * @param description may be empty
 * @param outbound    holds {@code all to any} when the file has no {@code outbound} key
 */
public record SecurityGroup(
        String id,
        String name,
        String description,
        Map<String, String> tags,
        List<Rule> inbound,
        List<Rule> outbound,
        Location at) {

    public SecurityGroup {
        tags = Tags.copyOf(tags);
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }

    public List<Rule> rules(Direction direction) {
        return direction == Direction.INGRESS ? inbound : outbound;
    }
}
