package io.secgroupd.daemon.hooks;

/** The skeleton could not be put in place, read or removed. The message is a sentence for the operator, with what to do. */
public final class HooksException extends Exception {

    private static final long serialVersionUID = 1L;

    HooksException(String message) {
        super(message);
    }

    HooksException(String message, Throwable cause) {
        super(message, cause);
    }
}
