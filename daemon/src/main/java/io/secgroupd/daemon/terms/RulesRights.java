package io.secgroupd.daemon.terms;

/** What happens to rules files that others may write: the words of {@code rules_rights}. */
public enum RulesRights {
    /** They are taken, and a warning is logged. */
    WARN,
    /** They are refused, and the policy in force stays. */
    REFUSE,
    IGNORE
}
