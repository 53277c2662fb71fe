package io.secgroupd.daemon.nfqueue;

/** Numbers of linux/netfilter/nfnetlink_queue.h. */
final class NfnetlinkQueue {

    private static final int SUBSYSTEM = 3;
    static final int PACKET = SUBSYSTEM << 8;
    static final int VERDICT = SUBSYSTEM << 8 | 1;
    static final int CONFIG = SUBSYSTEM << 8 | 2;

    /** Attributes of a packet. */
    static final int PACKET_HEADER = 1;

    static final int MARK = 3;
    static final int IN_INTERFACE = 5;
    static final int PAYLOAD = 10;

    static final int VERDICT_HEADER = 2;

    /** Attributes of a configuration. */
    static final int COMMAND = 1;

    static final int PARAMETERS = 2;
    static final int MAX_LENGTH = 3;
    static final int FLAGS_MASK = 4;
    static final int FLAGS = 5;

    static final int COMMAND_BIND = 1;
    /** This command is obsolete and has had no effect since Linux 3.8, but it still requires CAP_NET_ADMIN. */
    static final int COMMAND_BIND_FAMILY = 3;

    static final int COPY_PACKET = 2;

    static final int FLAG_FAIL_OPEN = 1;
    static final int FLAG_GSO = 4;

    static final int UNSPECIFIED_FAMILY = 0;
    static final int INET_FAMILY = 2;

    private NfnetlinkQueue() {}
}
