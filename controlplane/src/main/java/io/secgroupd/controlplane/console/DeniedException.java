package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.api.ApiReply;

/** A question that is not answered, with what is said instead. */
final class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    DeniedException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    ApiReply reply() {
        return ApiReply.refused(status, String.valueOf(getMessage()));
    }
}
