package io.secgroupd.daemon.netlink;

import java.io.IOException;

/** Reports the error with which the kernel answered a request. */
public final class NetlinkException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    /** @param operation the request in words that can stand before "failed" */
    public NetlinkException(String operation, int errno) {
        super(operation + " failed: " + Errno.name(errno));
        this.errno = errno;
    }

    /** The error number, one of {@link Errno}'s or another of Linux's. */
    public int errno() {
        return errno;
    }
}
