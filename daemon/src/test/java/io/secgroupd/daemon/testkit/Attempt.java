package io.secgroupd.daemon.testkit;

/** How an attempt to connect ended. */
public enum Attempt {
    /** The handshake was completed. */
    CONNECTED,
    /** No answer within the time limit: this is what a rejected packet looks like from outside. */
    TIMED_OUT,
    /** A reset: the packet arrived, and nobody listens. */
    REFUSED
}
