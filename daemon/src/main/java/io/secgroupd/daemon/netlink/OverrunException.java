package io.secgroupd.daemon.netlink;

import java.io.IOException;

/** The socket's receive buffer was full and the kernel threw messages away. The socket itself still works. */
public final class OverrunException extends IOException {

    private static final long serialVersionUID = 1;

    public OverrunException() {
        super("the kernel dropped messages: the receive buffer was full");
    }

    /** There is no stack trace, because the place is known and filling one in would be expensive in a flood. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
