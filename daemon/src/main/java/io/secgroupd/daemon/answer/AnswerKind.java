package io.secgroupd.daemon.answer;

/** How a refused packet is answered. */
public enum AnswerKind {
    /** Not at all. */
    NONE("none"),
    /** By a reset of TCP. */
    RESET("reset"),
    /** By an ICMP error: communication administratively prohibited. */
    PROHIBITED("prohibited");

    private final String word;

    AnswerKind(String word) {
        this.word = word;
    }

    /** The word for this kind in metrics. */
    public String word() {
        return word;
    }
}
