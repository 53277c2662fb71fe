package io.secgroupd.controlplane.store.etcd;

import java.io.IOException;

/** A call that etcd did not answer, or refused. The message is a sentence for the operator. */
final class EtcdFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    EtcdFailedException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether another attempt may help. */
    boolean isPassing() {
        return passing;
    }
}
