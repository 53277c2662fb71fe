package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;

/** A live view of a packet's flow with its ends exchanged. */
record OpenedFlow(PacketView answer) implements Flow {

    @Override
    public Family family() {
        return answer.family();
    }

    @Override
    public long sourceHigh() {
        return answer.destinationHigh();
    }

    @Override
    public long sourceLow() {
        return answer.destinationLow();
    }

    @Override
    public long destinationHigh() {
        return answer.sourceHigh();
    }

    @Override
    public long destinationLow() {
        return answer.sourceLow();
    }

    @Override
    public int protocol() {
        return answer.protocol();
    }

    @Override
    public int sourcePort() {
        return answer.destinationPort();
    }

    @Override
    public int destinationPort() {
        return answer.sourcePort();
    }

    @Override
    public int icmpType() {
        return IcmpPair.other(answer.family(), answer.protocol(), answer.icmpType());
    }

    @Override
    public int icmpCode() {
        return answer.icmpCode();
    }
}
