package io.secgroupd.rules.net;

import java.util.function.Supplier;

/**
 * Text that is not an address, prefix or range. The message says what is wrong and what to write instead. It is made
 * only when it is asked for, because only a few of a million bad lines are shown.
 */
public final class AddressSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<String> message;

    AddressSyntaxException(Supplier<String> message) {
        super(null, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message.get();
    }
}
