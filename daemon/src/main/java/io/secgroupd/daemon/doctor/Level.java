package io.secgroupd.daemon.doctor;

import java.util.Locale;

/** How much a finding matters. */
public enum Level {
    OK,
    /** Worth knowing; nothing to do. */
    NOTE,
    /** Works, but not as the operator may think. */
    WARNING,
    /** Does not work, or does not protect. */
    PROBLEM;

    /** Reports whether something should be done. */
    public boolean isWrong() {
        return this == WARNING || this == PROBLEM;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
