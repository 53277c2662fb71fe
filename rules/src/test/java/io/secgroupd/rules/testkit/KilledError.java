package io.secgroupd.rules.testkit;

/** The end of a process in the midst of what it does: kill -9, or a power cut. */
public final class KilledError extends Error {

    private static final long serialVersionUID = 1L;

    public KilledError() {
        super("killed", null, false, false);
    }
}
