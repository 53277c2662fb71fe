package io.secgroupd.controlplane.simulation;

/**
 * A revision as its author made it.
 *
 * @param kind what comes of it on a host
 */
record Publication(long serial, Kind kind) {

    /** What comes of a revision. */
    enum Kind {
        GOOD,
        /** It has an error. */
        UNSOUND,
        /** A host does not take it. */
        REFUSED,
        /** A host takes it, is cut off by it, and returns to what it had. */
        CUTS_OFF,
        /** A host that takes it is heard of no more. */
        ENDS_HOST,
        /** A host that has it refuses far more packets than before. */
        REFUSES_MORE;

        boolean isPoison() {
            return this != GOOD && this != UNSOUND;
        }
    }

    /** A policy of this kind that no other revision says. */
    static String text(int number, Kind kind) {
        return kind == Kind.UNSOUND
                ? "version: 1\nno: such key " + number + "\n"
                : "version: 1\nsecurity_groups: {sg-" + number + "-" + kind.ordinal() + ": {inbound: []}}\n";
    }

    static Kind kindOf(String text) {
        int at = text.indexOf("sg-");
        if (at < 0) {
            return text.contains("no:") ? Kind.UNSOUND : Kind.GOOD;
        }
        String digit = text.substring(text.indexOf('-', at + 3) + 1, text.indexOf(':', at));
        return Kind.values()[Integer.parseInt(digit)];
    }
}
