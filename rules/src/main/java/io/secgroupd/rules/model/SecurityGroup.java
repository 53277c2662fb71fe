package io.secgroupd.rules.model;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Location;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** The rules of both directions. */
    public Stream<Rule> allRules() {
        return Stream.concat(inbound.stream(), outbound.stream());
    }

    /** The same group without the rules that have expired; the same object when there are none. */
    SecurityGroup at(Instant instant) {
        return allRules().allMatch(rule -> rule.livesAt(instant))
                ? this
                : with(living(inbound, instant), living(outbound, instant));
    }

    /** The same group with other rules. */
    public SecurityGroup with(List<Rule> otherInbound, List<Rule> otherOutbound) {
        return new SecurityGroup(id, name, description, tags, otherInbound, otherOutbound, at);
    }

    private static List<Rule> living(List<Rule> rules, Instant instant) {
        return rules.stream().filter(rule -> rule.livesAt(instant)).toList();
    }
}
