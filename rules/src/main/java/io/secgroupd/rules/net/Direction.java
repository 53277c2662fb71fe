package io.secgroupd.rules.net;

/** The direction of a connection as the judged instance sees it: towards it, or away from it. */
public enum Direction {
    INGRESS("ingress", "inbound", "source"),
    EGRESS("egress", "outbound", "destination");

    private final String word;
    private final String rulesKey;
    private final String peerKey;

    Direction(String word, String rulesKey, String peerKey) {
        this.word = word;
        this.rulesKey = rulesKey;
        this.peerKey = peerKey;
    }

    public Direction opposite() {
        return this == INGRESS ? EGRESS : INGRESS;
    }

    /** The word that logs, metrics and explanations use. */
    public String word() {
        return word;
    }

    /** The key of this direction's rules in a security group. */
    public String rulesKey() {
        return rulesKey;
    }

    /** The key of a rule's peer in this direction: the address at the other end. */
    public String peerKey() {
        return peerKey;
    }
}
