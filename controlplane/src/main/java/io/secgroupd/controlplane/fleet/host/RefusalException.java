package io.secgroupd.controlplane.fleet.host;

/** A revision must not come into force here. The message is a sentence. */
final class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusalException(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
