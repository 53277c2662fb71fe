package io.secgroupd.rules.invariant;

import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.Arrays;
import java.util.List;

/**
 * The flows of which none may be accepted, as ranges.
 *
 * @param sources   in the families of the protocol alone, as the targets
 * @param selectors as those of a rule, see {@code Flow.selector()}
 */
record Shape(AddressSet sources, AddressSet targets, Protocol protocol, List<PortRange> selectors) {

    Shape {
        selectors = List.copyOf(selectors);
    }

    /** Whether there is a flow of this shape at all. */
    boolean isPossible() {
        return Arrays.stream(Family.values()).anyMatch(family -> has(sources, family) && has(targets, family));
    }

    private static boolean has(AddressSet addresses, Family family) {
        return addresses.ranges(family).size() > 0;
    }

    /** Whether a rule allows the service of any such flow. */
    boolean meets(Rule rule) {
        return meet(protocol, rule.protocol()) && meetsPorts(rule.selectors());
    }

    private boolean meetsPorts(PortRange ports) {
        for (PortRange own : selectors) {
            if (own.first() <= ports.last() && ports.first() <= own.last()) {
                return true;
            }
        }
        return false;
    }

    private static boolean meet(Protocol one, Protocol other) {
        return one.equals(other) || one.equals(Protocol.ALL) || other.equals(Protocol.ALL);
    }
}
