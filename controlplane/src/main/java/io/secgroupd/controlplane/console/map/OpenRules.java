package io.secgroupd.controlplane.console.map;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether a rule lets any flow pass: whether there is one that it allows and that the other half allows too. The other half
 * is asked only when its address is an instance's. What counts is groups and not pairs of instances, of which there are millions.
 */
final class OpenRules {

    private final Crowd crowd;
    private final Map<Direction, Map<String, List<Half>>> halves = new EnumMap<>(Direction.class);

    private record Half(Protocol protocol, PortRange selectors, PeerCrowd peer) {}

    OpenRules(Policy policy, Crowd crowd) {
        this.crowd = crowd;
        for (Direction direction : Direction.values()) {
            Map<String, List<Half>> byGroup = new HashMap<>();
            policy.securityGroups().forEach((id, group) -> {
                var all = new ArrayList<Half>();
                group.rules(direction)
                        .forEach(rule -> all.add(new Half(rule.protocol(), rule.selectors(), crowd.of(rule.peer()))));
                byGroup.put(id, all);
            });
            halves.put(direction, byGroup);
        }
    }

    boolean isOpen(Rule rule) {
        for (Family family : Family.values()) {
            if (rule.protocol().existsIn(family) && isOpen(rule, family)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOpen(Rule rule, Family family) {
        boolean anybody = crowd.of(new Peer.Group(rule.group())).oneOf(rule.group(), family) != PeerCrowd.NOBODY;
        if (!anybody) {
            return false;
        }
        PeerCrowd peer = crowd.of(rule.peer());
        if (peer.hasOutside(family)) {
            return true;
        }
        Map<String, List<Half>> others = halves.getOrDefault(rule.direction().opposite(), Map.of());
        for (String group : peer.groups(family)) {
            int there = peer.oneOf(group, family);
            for (Half other : others.getOrDefault(group, List.of())) {
                if (overlap(rule, other, family) && meet(there, other.peer().oneOf(rule.group(), family))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether there are two instances: what is between the addresses of one is judged by nobody. */
    private static boolean meet(int there, int here) {
        return there != PeerCrowd.NOBODY && here != PeerCrowd.NOBODY && (there != here || there == PeerCrowd.SEVERAL);
    }

    private static boolean overlap(Rule rule, Half other, Family family) {
        boolean protocols = rule.protocol().equals(other.protocol())
                || rule.protocol().equals(Protocol.ALL)
                || other.protocol().equals(Protocol.ALL);
        return protocols
                && other.protocol().existsIn(family)
                && rule.selectors().first() <= other.selectors().last()
                && other.selectors().first() <= rule.selectors().last();
    }
}
