package io.secgroupd.daemon.simulation;

/** The end of a process in the midst of what it does: kill -9, or a power cut. */
final class KilledError extends Error {

    private static final long serialVersionUID = 1L;

    KilledError() {
        super("killed", null, false, false);
    }
}
