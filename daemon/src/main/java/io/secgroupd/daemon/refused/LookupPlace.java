package io.secgroupd.daemon.refused;

/** Where SYNs are compared with the refused keys. The order of a place is netfilter's priority in prerouting. */
enum LookupPlace {
    /** Before connection tracking has looked at the packet, which is the cheapest place. */
    EARLY(-300),
    /**
     * After a destination has been translated (-100), on a host that translates: the daemon judges the address after the
     * translation, and before it the same key may stand for another service.
     */
    TRANSLATED(-90);

    private final int priority;

    LookupPlace(int priority) {
        this.priority = priority;
    }

    int priority() {
        return priority;
    }

    String chain() {
        return this == EARLY ? "early" : "translated";
    }
}
