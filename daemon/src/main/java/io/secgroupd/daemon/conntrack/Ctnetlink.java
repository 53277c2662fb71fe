package io.secgroupd.daemon.conntrack;

/** Numbers of linux/netfilter/nfnetlink_conntrack.h and nf_conntrack_tcp.h. */
final class Ctnetlink {

    private static final int SUBSYSTEM = 1;

    /** This is also the type of every entry of a listing. */
    static final int NEW = SUBSYSTEM << 8;

    static final int GET = SUBSYSTEM << 8 | 1;

    static final int DELETE = SUBSYSTEM << 8 | 2;

    static final int INET = 2;
    static final int INET6 = 10;

    /** Attributes of an entry. */
    static final int TUPLE_ORIGINAL = 1;

    static final int TUPLE_REPLY = 2;
    static final int PROTOCOL_INFO = 4;
    static final int MARK = 8;
    static final int ZONE = 18;
    static final int MARK_MASK = 21;

    /** Attributes of a tuple. */
    static final int TUPLE_IP = 1;

    static final int TUPLE_PROTOCOL = 2;

    /** Attributes of a tuple's addresses. */
    static final int SOURCE_4 = 1;

    static final int DESTINATION_4 = 2;
    static final int SOURCE_6 = 3;
    static final int DESTINATION_6 = 4;

    /** Attributes of a tuple's protocol. */
    static final int NUMBER = 1;

    static final int SOURCE_PORT = 2;
    static final int DESTINATION_PORT = 3;
    static final int ICMP_TYPE = 5;
    static final int ICMP_CODE = 6;
    static final int ICMPV6_TYPE = 8;
    static final int ICMPV6_CODE = 9;

    /** Attributes of the state of a TCP connection. */
    static final int TCP = 1;

    static final int TCP_FLAGS_ORIGINAL = 4;

    /** The kernel sets this flag when it met the connection in the middle and does not know its windows. */
    static final int TCP_BE_LIBERAL = 0x08;

    private Ctnetlink() {}
}
