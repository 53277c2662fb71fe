package io.secgroupd.daemon.terms;

/** What happens to a first packet that is TCP but not a SYN: the kernel does not know a connection that both ends have. */
public enum Pickup {
    /**
     * The rules decide, in either orientation: nobody can tell which end opened the connection, and starting the daemon must
     * not cut the operator's own session when the rules allow it.
     */
    JUDGE,
    /** The packet is refused, whatever the rules say. */
    REJECT
}
