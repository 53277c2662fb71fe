package io.secgroupd.daemon.netlink;

import java.io.IOException;

/** What the kernel answered instead of doing what it was asked for. */
public final class NetlinkException extends IOException {

    private static final long serialVersionUID = 1;

    private final int errno;

    /** @param operation what was tried, to stand before "failed" */
    public NetlinkException(String operation, int errno) {
        super(operation + " failed: " + Errno.name(errno));
        this.errno = errno;
    }

    /** One of {@link Errno}'s numbers, or another of Linux's. */
    public int errno() {
        return errno;
    }
}
