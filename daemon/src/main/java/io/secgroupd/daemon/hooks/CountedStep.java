package io.secgroupd.daemon.hooks;

/** The steps whose packets the kernel counts: packets that user space never sees, and packets that it should see. */
public enum CountedStep {
    /**
     * First packets that met the queue. Those that the daemon did not judge found no listener or a full queue, and the
     * settings {@code on.no_listener} and {@code on.queue_full} answered them.
     */
    QUEUED("queued", "first packets are judged in user space"),
    /** Packets that are neither first ones nor part of a running connection; dropped, unless the host only observes. */
    INVALID("invalid", "packets of no connection"),
    /** Packets of connections that lost their rule. They are dropped. */
    CUT("cut", "cut connections"),
    /** Packets between the host's own DHCP client and its servers outside any connection. They are left alone. */
    DHCP("dhcp", "DHCP of this host"),
    /** Errors by which the stack would answer packets that no rule let in; dropped, unless the host only observes. */
    UNACCEPTED("unaccepted", "errors about packets that no rule accepted");

    private final String word;
    private final String why;

    CountedStep(String word, String why) {
        this.word = word;
        this.why = why;
    }

    /** The word for this step in metrics. */
    public String word() {
        return word;
    }

    /** The words for this step in the skeleton. */
    String why() {
        return why;
    }
}
