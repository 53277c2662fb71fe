package io.secgroupd.rules.analyze;

/** Text that is neither an instance, a cluster nor an address. The message says what it probably was meant to be. */
public final class UnknownEndpointException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownEndpointException(String message) {
        super(message, null, false, false);
    }
}
