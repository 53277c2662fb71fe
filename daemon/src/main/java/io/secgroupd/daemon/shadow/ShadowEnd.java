package io.secgroupd.daemon.shadow;

/** How a candidate stops being judged beside the policy in force. */
public enum ShadowEnd {
    /** It is the policy in force by now, and in the rules file. */
    PROMOTED("promoted"),
    /** Somebody has ended it. */
    DROPPED("dropped"),
    /** Its time is over. */
    EXPIRED("expired"),
    /** It can no longer be read, or is no longer sound on this host. */
    BROKEN("broken");

    private final String word;

    ShadowEnd(String word) {
        this.word = word;
    }

    /** The word that the log uses. */
    public String word() {
        return word;
    }
}
