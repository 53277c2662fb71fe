package io.secgroupd.daemon.cli.common;

/** What a command's exit code says. */
public final class ExitCode {

    /** Done, or yes. */
    public static final int DONE = 0;
    /** A clear no: problems found, REJECT, tests failed, differences found. */
    public static final int NO = 1;
    /** Wrong usage. */
    public static final int USAGE = 2;
    /** Could not be done: no rights, daemon not running, file unreadable. */
    public static final int FAILED = 3;

    private ExitCode() {}
}
