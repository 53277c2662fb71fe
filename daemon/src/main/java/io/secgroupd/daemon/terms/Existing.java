package io.secgroupd.daemon.terms;

/** What happens to running connections when a change of the policy removes their rule. */
public enum Existing {
    KEEP,
    CUT,
    /** They are kept, and the log says how many there are. */
    REPORT
}
