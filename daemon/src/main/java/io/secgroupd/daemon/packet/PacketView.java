package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Flow;

/**
 * One packet as rules and the flow log see it. {@link PacketDecoder} fills it and reuses it for the next packet.
 *
 * <p>After a status other than {@link DecodeStatus#OK} it holds what was read before the error, for the log; the rest is
 * zero, and the family is IPv4.
 */
public final class PacketView extends ReusedFlow {

    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMP = 1;
    public static final int ICMPV6 = 58;

    private static final int FIN = 0x01;
    public static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    int icmpIdentifier;
    int length;
    private boolean reversed;
    private final Flow opened = new OpenedFlow(this);

    void clear() {
        clearFlow();
        icmpIdentifier = 0;
        length = 0;
        reversed = false;
    }

    /** Reverses the flow: addresses, ports, and a query's type and its answer's change places. Twice changes nothing. */
    public void reverse() {
        long high = sourceHigh;
        long low = sourceLow;
        int port = sourcePort;
        sourceHigh = destinationHigh;
        sourceLow = destinationLow;
        sourcePort = destinationPort;
        destinationHigh = high;
        destinationLow = low;
        destinationPort = port;
        icmpType = IcmpPair.other(family, protocol, icmpType);
        reversed = !reversed;
    }

    /** Reports whether the flow is in the opposite direction to the packet. */
    public boolean isReversed() {
        return reversed;
    }

    /**
     * The same packet seen as an answer: the flow that its receiver would have opened. It is a view of this packet, and does
     * not cover ICMP, whose answers have types of their own.
     */
    public Flow opened() {
        return opened;
    }

    /**
     * Reports whether this is TCP but not the opening SYN. As a first packet it means that the kernel does not know a
     * connection that both ends have, so it may come from either of them.
     */
    public boolean isPickup() {
        return protocol == TCP && !isSyn(tcpFlags);
    }

    /** Reports whether this may be an answer: anything but a SYN, and of ICMP only the answer to a query. */
    public boolean mayAnswer() {
        return switch (protocol) {
            case TCP -> !isSyn(tcpFlags);
            case ICMP, ICMPV6 -> IcmpPair.isAnswer(family, protocol, icmpType);
            default -> true;
        };
    }

    /** Reports whether a segment with these flags opens a connection. */
    public static boolean isSyn(int tcpFlags) {
        return (tcpFlags & (SYN | ACK | RST | FIN)) == SYN;
    }

    /** The identifier that an ICMP query and its answer share, 0–65535; meaningless in an ICMP error; otherwise 0. */
    public int icmpIdentifier() {
        return icmpIdentifier;
    }

    /** The bytes of the IP packet, header included, as its header says: the capture may hold fewer. */
    public int length() {
        return length;
    }
}
