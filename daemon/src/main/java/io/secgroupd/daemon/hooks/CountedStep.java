package io.secgroupd.daemon.hooks;

/** The steps of the skeleton whose packets the kernel counts for us: those that user space never sees, and those that it should. */
public enum CountedStep {
    /**
     * First packets that met the queue. Those that the daemon did not judge found no listener or a full queue: they are
     * the packets that the settings {@code on.no_listener} and {@code on.queue_full} answered.
     */
    QUEUED("queued", "first packets are judged in user space"),
    /** Dropped, unless the host only observes: neither a first packet nor one of a running connection. */
    INVALID("invalid", "packets of no connection"),
    /** Dropped: packets of connections that lost their rule. */
    CUT("cut", "cut connections"),
    /** Left alone: what the host's own DHCP client and its servers send to each other outside any connection. */
    DHCP("dhcp", "DHCP of this host"),
    /**
     * Dropped, unless the host only observes: errors with which the stack would answer packets that no rule has let in.
     */
    UNACCEPTED("unaccepted", "errors about packets that no rule accepted");

    private final String word;
    private final String why;

    CountedStep(String word, String why) {
        this.word = word;
        this.why = why;
    }

    /** The word that metrics carry. */
    public String word() {
        return word;
    }

    /** What the skeleton says of it. */
    String why() {
        return why;
    }
}
