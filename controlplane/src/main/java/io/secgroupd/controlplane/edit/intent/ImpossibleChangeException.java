package io.secgroupd.controlplane.edit.intent;

import java.util.Objects;

/** A change that makes no sense in this policy: what it names is not there, or what it adds is there already. */
public final class ImpossibleChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImpossibleChangeException(String message) {
        super(message, null, false, false);
    }

    public String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
