package io.secgroupd.daemon.nfqueue;

import java.io.IOException;

/** A queue could not be had. The message is a sentence for the operator: what is wrong, and what helps. */
public class QueueException extends IOException {

    private static final long serialVersionUID = 1;

    public QueueException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The process lacks CAP_NET_ADMIN in the user namespace that owns its network namespace. */
    public static final class NotPermitted extends QueueException {
        private static final long serialVersionUID = 1;

        NotPermitted(int number, Throwable cause) {
            super("no permission to open queue " + number + ": run as root or with CAP_NET_ADMIN", cause);
        }
    }

    /** Another socket has the queue: the kernel gives a queue to only one. */
    public static final class Owned extends QueueException {
        private static final long serialVersionUID = 1;

        Owned(int number, String owner, Throwable cause) {
            super("queue " + number + " is owned by " + owner + ": stop it, or choose another queue number", cause);
        }
    }

    /** The kernel lacks NFQUEUE, or a part of it that is needed. */
    public static final class NotSupported extends QueueException {
        private static final long serialVersionUID = 1;

        NotSupported(String what, Throwable cause) {
            super("this kernel has no " + what + ": load the module nfnetlink_queue or use another kernel", cause);
        }
    }
}
