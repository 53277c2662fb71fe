package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;

/** A control server cannot be reached, or does not answer. */
final class ServerLostException extends IOException {

    private static final long serialVersionUID = 1L;

    ServerLostException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
