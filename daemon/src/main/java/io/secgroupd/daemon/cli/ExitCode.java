package io.secgroupd.daemon.cli;

/** What a command's exit code says. */
final class ExitCode {

    /** Done, or yes. */
    static final int DONE = 0;
    /** A clear no: problems found, REJECT, tests failed, differences found. */
    static final int NO = 1;
    /** Wrong usage. */
    static final int USAGE = 2;
    /** Could not be done: no rights, daemon not running, file unreadable. */
    static final int FAILED = 3;

    private ExitCode() {}
}
