package io.secgroupd.daemon.service;

import org.jspecify.annotations.Nullable;

/** Reports in one sentence for the operator why the daemon cannot start. Nothing of the daemon is left open. */
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

    /** Makes the exception for a rules file that has errors when there is no copy to start with. */
    static StartException ofPolicy(String sentence, Throwable cause) {
        return new StartException(true, sentence, cause);
    }

    /** Reports whether the cause is errors in the rules file, rather than a refusal by the host. */
    public boolean policyRefused() {
        return policyRefused;
    }
}
