package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;

/**
 * Something of this host keeps a revision from being tried, and may be put right without another revision. The message is a
 * sentence.
 */
final class HostFaultException extends IOException {

    private static final long serialVersionUID = 1L;

    HostFaultException(IOException cause) {
        super(cause.getMessage() + ".", cause);
    }
}
