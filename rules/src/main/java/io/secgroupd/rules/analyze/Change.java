package io.secgroupd.rules.analyze;

import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Verdict;
import java.util.List;

/**
 * Flows that one instance now judges differently: those of each of these protocols, with each of these selectors and
 * each of these peers.
 *
 * @param now       ACCEPT: newly allowed; REJECT: newly rejected
 * @param selectors ports, or ICMP type and code side by side (see {@code Flow.selector()}): the fewest ranges, ascending
 * @param peers     the addresses at the other end
 */
public record Change(
        Direction direction, Verdict now, ProtocolSet protocols, List<PortRange> selectors, AddressSet peers) {

    public Change {
        selectors = List.copyOf(selectors);
    }

    /** {@code tcp 22,80-90 from 10.0.0.0/8}: the terms as a rule would write them. */
    public String terms() {
        return protocols + service() + (direction == Direction.INGRESS ? " from " : " to ") + peerText();
    }

    private String service() {
        boolean every = selectors.equals(List.of(PortRange.ALL));
        if (protocols.isIcmp()) {
            return every
                    ? ""
                    : " "
                            + String.join(
                                    ",", selectors.stream().map(IcmpText::of).toList());
        }
        if (every) {
            return protocols.havePorts() ? " all ports" : "";
        }
        return " "
                + String.join(",", selectors.stream().map(PortRange::toString).toList());
    }

    private String peerText() {
        return peers.equals(AddressSet.ALL)
                ? "any"
                : String.join(", ", peers.stream().map(Object::toString).toList());
    }

    /** Ranges of ICMP type and code in words. */
    static final class IcmpText {

        private static final int CODES = 0xff;

        private IcmpText() {}

        /** {@code type 8}, {@code type 0-7}, {@code type 3 code 1-4}, or {@code type 3 code 1 to type 5 code 0}. */
        static String of(PortRange selectors) {
            int firstType = selectors.first() >>> 8;
            int lastType = selectors.last() >>> 8;
            int firstCode = selectors.first() & CODES;
            int lastCode = selectors.last() & CODES;
            if (firstCode == 0 && lastCode == CODES) {
                return "type " + span(firstType, lastType);
            }
            if (firstType == lastType) {
                return "type " + firstType + " code " + span(firstCode, lastCode);
            }
            return "type " + firstType + " code " + firstCode + " to type " + lastType + " code " + lastCode;
        }

        private static String span(int first, int last) {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }
}
