package io.secgroupd.rules.net;

/** A flow as a value, for questions, tests and everything that is not the packet path. */
public record FlowTuple(
        IpAddress source,
        IpAddress destination,
        int protocol,
        int sourcePort,
        int destinationPort,
        int icmpType,
        int icmpCode)
        implements Flow {

    public FlowTuple {
        if (source.family() != destination.family()) {
            throw new IllegalArgumentException("a flow stays within one address family");
        }
    }

    /** A copy of a flow that is reused for the next packet. */
    public static FlowTuple of(Flow flow) {
        return new FlowTuple(
                new IpAddress(flow.family(), flow.sourceHigh(), flow.sourceLow()),
                new IpAddress(flow.family(), flow.destinationHigh(), flow.destinationLow()),
                flow.protocol(),
                flow.sourcePort(),
                flow.destinationPort(),
                flow.icmpType(),
                flow.icmpCode());
    }

    public static FlowTuple ofPorts(IpAddress source, IpAddress destination, int protocol, int destinationPort) {
        return new FlowTuple(source, destination, protocol, 0, destinationPort, 0, 0);
    }

    /** The flow in the opposite direction. */
    public FlowTuple reversed() {
        return new FlowTuple(destination, source, protocol, destinationPort, sourcePort, icmpType, icmpCode);
    }

    @Override
    public Family family() {
        return source.family();
    }

    @Override
    public long sourceHigh() {
        return source.high();
    }

    @Override
    public long sourceLow() {
        return source.low();
    }

    @Override
    public long destinationHigh() {
        return destination.high();
    }

    @Override
    public long destinationLow() {
        return destination.low();
    }
}
