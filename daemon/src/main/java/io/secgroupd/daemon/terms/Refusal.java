package io.secgroupd.daemon.terms;

/** What whoever sent a refused packet learns of it. */
public enum Refusal {
    /** Nothing, as in AWS. */
    DROP,
    /** A reset of TCP or an error of ICMP, so that a client fails at once. */
    ANSWER
}
