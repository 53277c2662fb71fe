package io.secgroupd.daemon.capture;

/** Packets cannot be captured or read. The message is a sentence that says what to do. */
public final class CaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    CaptureException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    CaptureException(String sentence) {
        super(sentence);
    }
}
