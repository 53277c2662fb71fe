package io.secgroupd.daemon.terms;

/** What happens to rules files that others may write: the values of {@code rules_rights}. */
public enum RulesRights {
    /** The files are used, and a warning is logged. */
    WARN,
    /** The files are refused, and the policy in force stays. */
    REFUSE,
    IGNORE
}
