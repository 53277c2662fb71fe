package io.secgroupd.controlplane.console.api;

/** A question that makes no sense. Its message is a sentence for people. */
public final class BadCallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param sentence says what is wrong */
    public BadCallException(String sentence) {
        super(sentence, null, false, false);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
