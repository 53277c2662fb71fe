package io.secgroupd.daemon.flowlog.read;

/**
 * The role of a line in its connection. This program's lines are decisions about a packet that opens one. AWS's own
 * records sum up the packets of one direction, so the answers have their own records.
 */
public enum Role {
    OPENING,
    REPLY,
    /** The record alone does not show its role. */
    UNTOLD;

    private static final int TCP = 6;
    private static final long SYN = 0x02;
    private static final long ACK = 0x10;
    private static final long WELL_KNOWN = 1024;
    /** The port from which Linux begins to choose ports for outgoing connections. */
    private static final long EPHEMERAL = 32_768;

    /**
     * Decides by the TCP flags. Without them a refused packet counts as opening a connection, and the lower port as
     * that of the service.
     */
    public static Role of(LogLine line) {
        if (!line.isAggregate()) {
            return OPENING;
        }
        Role byFlags = byFlags(line);
        if (byFlags != UNTOLD) {
            return byFlags;
        }
        if (!line.accepted()) {
            return tellsFlags(line) ? UNTOLD : OPENING;
        }
        return byPorts(line);
    }

    /** Reports whether it is known if there was a SYN. */
    public static boolean tellsFlags(LogLine line) {
        return line.protocol() == TCP && line.number(Field.TCP_FLAGS) >= 0;
    }

    /**
     * SYN alone opens a connection; SYN and ACK answer. The flags are gathered over the time of a record, so there may
     * be others.
     */
    public static Role byFlags(LogLine line) {
        long flags = tellsFlags(line) ? line.number(Field.TCP_FLAGS) : 0;
        return (flags & SYN) == 0 ? UNTOLD : (flags & ACK) == 0 ? OPENING : REPLY;
    }

    /** A service has a well-known port, or at least one that is not an ephemeral port. */
    public static Role byPorts(LogLine line) {
        long source = line.number(Field.SPORT);
        long destination = line.number(Field.DPORT);
        int difference = rank(source) - rank(destination);
        boolean known = source >= 0 && destination >= 0;
        return !known || difference == 0 ? UNTOLD : difference > 0 ? OPENING : REPLY;
    }

    private static int rank(long port) {
        return port < WELL_KNOWN ? 0 : port < EPHEMERAL ? 1 : 2;
    }
}
