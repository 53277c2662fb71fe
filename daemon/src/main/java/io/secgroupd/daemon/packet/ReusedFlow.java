package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;

/** A flow whose fields are filled again for the next packet, so that nothing is allocated. All zero, it is an IPv4 flow. */
public abstract class ReusedFlow implements Flow {

    protected Family family = Family.IPV4;
    protected long sourceHigh;
    protected long sourceLow;
    protected long destinationHigh;
    protected long destinationLow;
    protected int protocol;
    protected int sourcePort;
    protected int destinationPort;
    protected int icmpType;
    protected int icmpCode;
    protected int tcpFlags;
    protected int tcpSequence;

    protected final void clearFlow() {
        family = Family.IPV4;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        protocol = 0;
        sourcePort = 0;
        destinationPort = 0;
        icmpType = 0;
        icmpCode = 0;
        tcpFlags = 0;
        tcpSequence = 0;
    }

    @Override
    public final Family family() {
        return family;
    }

    @Override
    public final long sourceHigh() {
        return sourceHigh;
    }

    @Override
    public final long sourceLow() {
        return sourceLow;
    }

    @Override
    public final long destinationHigh() {
        return destinationHigh;
    }

    @Override
    public final long destinationLow() {
        return destinationLow;
    }

    @Override
    public final int protocol() {
        return protocol;
    }

    @Override
    public final int sourcePort() {
        return sourcePort;
    }

    @Override
    public final int destinationPort() {
        return destinationPort;
    }

    @Override
    public final int icmpType() {
        return icmpType;
    }

    @Override
    public final int icmpCode() {
        return icmpCode;
    }

    /** The eight TCP flags, CWR highest and FIN lowest, as AWS flow logs have them; 0 for other protocols. */
    public final int tcpFlags() {
        return tcpFlags;
    }

    /** The sequence number, which tells a repeated SYN from another one; 0 for other protocols. */
    public final int tcpSequence() {
        return tcpSequence;
    }
}
