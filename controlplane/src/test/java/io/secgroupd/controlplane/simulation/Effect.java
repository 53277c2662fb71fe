package io.secgroupd.controlplane.simulation;

/** What comes of a revision on a host. Its text says so, for the simulated hosts alone. */
enum Effect {
    /** Hosts take it. */
    GOOD,
    /** It has an error, and reaches no host. */
    UNSOUND,
    /** A host does not take it. */
    REFUSED,
    /** A host takes it, is cut off by it, and returns to what it had. */
    CUTS_OFF,
    /** A host that takes it is heard of no more. */
    ENDS_HOST,
    /** A host that has it refuses far more packets than before. */
    REFUSES_MORE;

    /** Whether a host that tries it must not be followed by others. */
    boolean isPoison() {
        return this != GOOD && this != UNSOUND;
    }

    /** A policy with this effect that no other revision says. */
    String text(int number) {
        return this == UNSOUND
                ? "version: 1\nno: such key " + number + "\n"
                : "version: 1\nsecurity_groups: {sg-" + number + "-" + name() + ": {inbound: []}}\n";
    }

    /** The effect that a text has. */
    static Effect of(String text) {
        int at = text.indexOf("sg-");
        if (at < 0) {
            return text.contains("no:") ? UNSOUND : GOOD;
        }
        return valueOf(text.substring(text.indexOf('-', at + "sg-".length()) + 1, text.indexOf(':', at)));
    }
}
