package io.secgroupd.daemon.dataplane;

/** What becomes of a decision. */
public enum Mode {
    /** It is the verdict. */
    ENFORCE,
    /** It is recorded as it would have been enforced; every packet is accepted. */
    OBSERVE
}
