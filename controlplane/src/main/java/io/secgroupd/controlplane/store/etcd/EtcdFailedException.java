package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.StoreFailedException;

/** A call that etcd did not answer, or refused. */
final class EtcdFailedException extends StoreFailedException {

    private static final long serialVersionUID = 1L;

    EtcdFailedException(String message, boolean passing, Throwable cause) {
        super(message, passing, cause);
    }
}
