package io.secgroupd.rules.analyze;

import io.secgroupd.rules.net.PortRange;

/** Ranges of ICMP type and code in words. */
final class IcmpText {

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
