package io.secgroupd.daemon.doctor;

import java.util.Locale;

/** How much a finding matters. */
public enum Level {
    OK,
    /** Worth knowing, but nothing needs to be done. */
    NOTE,
    /** It works, but perhaps not as the operator thinks. */
    WARNING,
    /** It does not work, or does not protect. */
    PROBLEM;

    /** Reports whether the operator should act. */
    public boolean isWrong() {
        return this == WARNING || this == PROBLEM;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
