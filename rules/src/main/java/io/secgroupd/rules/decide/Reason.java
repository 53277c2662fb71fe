package io.secgroupd.rules.decide;

/** Why a verdict is what it is: the word that logs, metrics and explanations carry. */
public enum Reason {
    /** A rule of one of the instance's groups matched. */
    RULE("rule"),
    /** The instance has groups, but none of their rules matched. */
    NO_MATCHING_RULE("no-matching-rule"),
    /** The instance has no groups: nothing in, nothing out. */
    NO_GROUPS("no-groups"),
    /** No instance answers: refused at an address of the host, unless the host is set open; not judged when routed. */
    NO_INSTANCE("no-instance"),
    /** Both ends are addresses of one instance: on a host that has both, loopback lies between them. */
    SAME_INSTANCE("same-instance"),
    /** What comes from outside bears an address of this very host as its source: it is forged. */
    OWN_SOURCE("own-source"),
    /** The bytes are no packet whose ends and service can be told. */
    UNDECODABLE("undecodable"),
    /** A first packet that is no SYN, and the host is set to refuse those. */
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
