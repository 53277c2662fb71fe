package io.secgroupd.rules.net;

/** Text that is no address, prefix or range. The message says what is wrong and what to write instead. */
public final class AddressSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String message;

    AddressSyntaxException(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
