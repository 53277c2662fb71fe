package io.secgroupd.controlplane.store;

import java.io.IOException;

/** A call that the store did not answer, or refused. The message is a sentence for the operator. */
public class StoreFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param passing whether the same may work a little later */
    public StoreFailedException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether another attempt may help: the store is away, or busy. */
    public boolean isPassing() {
        return passing;
    }
}
