package io.secgroupd.daemon.hooks;

/** The skeleton could not be installed, read or removed. The message is a sentence that tells the operator what to do. */
public final class HooksException extends Exception {

    private static final long serialVersionUID = 1L;

    HooksException(String message) {
        super(message);
    }

    HooksException(String message, Throwable cause) {
        super(message, cause);
    }
}
