package io.secgroupd.daemon.replay;

/** A record cannot be replayed at all. The message is a sentence that names the file. */
public final class ReplayException extends Exception {

    private static final long serialVersionUID = 1;

    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, Exception cause) {
        super(message, cause);
    }
}
