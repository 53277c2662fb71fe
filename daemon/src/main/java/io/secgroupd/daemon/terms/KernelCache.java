package io.secgroupd.daemon.terms;

/** What the kernel may decide by itself, because the policy in force has decided it before. */
public enum KernelCache {
    /** To refuse what was refused several times. */
    REFUSED,
    /** Nothing. */
    OFF
}
