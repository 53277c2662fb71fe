package io.secgroupd.daemon.netlink;

/** Numbers of the netlink framing that every family shares, from linux/netlink.h and linux/netfilter/nfnetlink.h. */
public final class Netlink {

    /** The netlink families that this program uses. */
    public static final int NETLINK_ROUTE = 0;

    public static final int NETLINK_SOCK_DIAG = 4;

    public static final int NETLINK_NETFILTER = 12;

    /** The bytes of struct nlmsghdr: length 4, type 2, flags 2, sequence 4, port id 4; all in host order. */
    public static final int MESSAGE_HEADER = 16;
    /** The bytes of struct nfgenmsg: family 1, version 1, resource id 2 in network order. */
    public static final int NFGEN_HEADER = 4;
    /** The bytes of struct nlattr: length 2, type 2; in host order. */
    public static final int ATTRIBUTE_HEADER = 4;

    public static final int REQUEST = 0x01;
    public static final int ACK = 0x04;
    public static final int DUMP = 0x300;
    /** Refuses to create what is there. */
    public static final int EXCLUSIVE = 0x200;

    public static final int CREATE = 0x400;
    public static final int APPEND = 0x800;

    /** The kernel sets this flag when what it lists changed during the listing, so that a part may be missing. */
    static final int DUMP_INTERRUPTED = 0x10;

    public static final int ERROR = 2;
    public static final int DONE = 3;

    /** The upper bits of an attribute's type mean "nested" and "network order". */
    static final int NESTED = 0x8000;

    static final int TYPE_MASK = 0x3fff;

    private Netlink() {}

    /** Returns the next multiple of 4, where messages and attributes start. */
    public static int align(int length) {
        return (length + 3) & ~3;
    }
}
