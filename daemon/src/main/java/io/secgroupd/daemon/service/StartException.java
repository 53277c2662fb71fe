package io.secgroupd.daemon.service;

import org.jspecify.annotations.Nullable;

/** The daemon cannot come up, in one sentence for the operator. Nothing of it is left open. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean policyRefused;

    private StartException(boolean policyRefused, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.policyRefused = policyRefused;
    }

    StartException(String sentence) {
        this(false, sentence, null);
    }

    StartException(String sentence, Throwable cause) {
        this(false, sentence, cause);
    }

    /** The rules file has errors, and there is no copy to start with. */
    static StartException ofPolicy(String sentence, Throwable cause) {
        return new StartException(true, sentence, cause);
    }

    /** Reports whether it is the rules file that has errors, rather than the host that refuses something. */
    public boolean policyRefused() {
        return policyRefused;
    }
}
