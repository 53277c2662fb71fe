package io.secgroupd.rules.model;

import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;

/**
 * What a question asks for: one protocol with one port, or one ICMP message.
 *
 * @param protocol the IANA number, 0–255
 * @param port     0–65535; 0 where the protocol has none
 * @param icmpType 0–255; 0 where the protocol is not ICMP
 * @param icmpCode 0–255; 0 where the protocol is not ICMP
 */
public record Service(int protocol, int port, int icmpType, int icmpCode) {

    /** The flow of this service between two addresses of one family. */
    public FlowTuple between(IpAddress source, IpAddress destination) {
        return new FlowTuple(source, destination, protocol, 0, port, icmpType, icmpCode);
    }
}
