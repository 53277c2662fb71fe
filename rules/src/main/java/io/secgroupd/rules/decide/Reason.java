package io.secgroupd.rules.decide;

/** The reason for a verdict, with the word that logs, metrics and explanations use for it. */
public enum Reason {
    /** A rule of one of the instance's groups matched. */
    RULE("rule"),
    /** The instance has groups, but none of their rules matched. */
    NO_MATCHING_RULE("no-matching-rule"),
    /** The instance has no groups, so nothing may come in or go out. */
    NO_GROUPS("no-groups"),
    /**
     * No instance's rules apply: refused at an address of the host, unless the host is set to open; not judged when
     * routed.
     */
    NO_INSTANCE("no-instance"),
    /** Both ends are addresses of one instance: on a host that has both, traffic between them is loopback. */
    SAME_INSTANCE("same-instance"),
    /** A packet from outside has an address of this host as its source, so it is forged. */
    OWN_SOURCE("own-source"),
    /** The bytes are not a packet whose ends and service can be read. */
    UNDECODABLE("undecodable"),
    /** A first TCP packet is not a SYN, and the host is set to refuse those. */
    PICKUP("pickup"),
    /** The daemon itself failed on this packet. */
    INTERNAL_ERROR("internal-error");

    private final String word;

    Reason(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
