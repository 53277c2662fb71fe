package io.secgroupd.daemon.terms;

/** What becomes of running connections that a change of the policy takes the rule from. */
public enum Existing {
    KEEP,
    CUT,
    /** They are kept, and the log says how many they are. */
    REPORT
}
