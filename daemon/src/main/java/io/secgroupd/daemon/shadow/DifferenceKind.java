package io.secgroupd.daemon.shadow;

/** How the verdict of a candidate differs from that of the policy in force. */
public enum DifferenceKind {
    /** The policy in force accepts what the candidate would refuse. */
    NEWLY_REFUSED("newly-refused"),
    /** The policy in force refuses what the candidate would accept. */
    NEWLY_ALLOWED("newly-allowed");

    private final String word;

    DifferenceKind(String word) {
        this.word = word;
    }

    /** The word that status, metrics and the log use. */
    public String word() {
        return word;
    }
}
