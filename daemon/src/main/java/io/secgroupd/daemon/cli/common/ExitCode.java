package io.secgroupd.daemon.cli.common;

/** The meanings of a command's exit codes. */
public final class ExitCode {

    /** The command succeeded, or the answer is yes. */
    public static final int DONE = 0;
    /** The answer is no: problems found, REJECT, tests failed, differences found. */
    public static final int NO = 1;
    /** The usage was wrong. */
    public static final int USAGE = 2;
    /** The command could not do its work: no rights, daemon not running, file unreadable. */
    public static final int FAILED = 3;

    private ExitCode() {}
}
