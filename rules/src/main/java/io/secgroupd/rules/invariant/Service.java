package io.secgroupd.rules.invariant;

import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.List;
import java.util.Optional;

/** One service that a shape and rules have in common: a protocol, and ports or ICMP messages. */
record Service(Protocol protocol, PortRange selectors) {

    private static final int ECHO_REQUEST = 8 << 8;
    private static final int ECHO_REQUEST_V6 = 128 << 8;

    /** Reports whether there is one, and makes nothing. */
    static boolean isCommon(Shape shape, List<Half> halves) {
        Protocol protocol = protocol(shape, halves);
        if (halves.stream().anyMatch(half -> !isWithin(protocol, half))) {
            return false;
        }
        return shape.selectors().stream().anyMatch(own -> first(own, halves) <= last(own, halves));
    }

    /** The first in the order of the shape. */
    static Optional<Service> of(Shape shape, List<Half> halves) {
        return isCommon(shape, halves)
                ? shape.selectors().stream()
                        .filter(own -> first(own, halves) <= last(own, halves))
                        .map(own -> new Service(
                                protocol(shape, halves), new PortRange(first(own, halves), last(own, halves))))
                        .findFirst()
                : Optional.empty();
    }

    /** The protocol that one of them names; {@link Protocol#ALL} when none does. */
    private static Protocol protocol(Shape shape, List<Half> halves) {
        Protocol named = shape.protocol();
        for (Half half : halves) {
            named = named.equals(Protocol.ALL) ? half.rule().protocol() : named;
        }
        return named;
    }

    private static boolean isWithin(Protocol protocol, Half half) {
        Protocol own = half.rule().protocol();
        return own.equals(Protocol.ALL) || own.equals(protocol);
    }

    private static int first(PortRange own, List<Half> halves) {
        int first = own.first();
        for (Half half : halves) {
            first = Math.max(first, half.rule().selectors().first());
        }
        return first;
    }

    private static int last(PortRange own, List<Half> halves) {
        int last = own.last();
        for (Half half : halves) {
            last = Math.min(last, half.rule().selectors().last());
        }
        return last;
    }

    /** A flow of this service: to a port that reads well, or the request of a ping where that is possible. */
    FlowTuple between(IpAddress source, IpAddress target) {
        Protocol one = protocol.equals(Protocol.ALL) ? Protocol.TCP : protocol;
        if (one.hasIcmpTypes()) {
            int ping = one.equals(Protocol.ICMP) ? ECHO_REQUEST : ECHO_REQUEST_V6;
            int selector = selectors.contains(ping) ? ping : selectors.first();
            return new FlowTuple(source, target, one.number(), 0, 0, selector >>> 8, selector & 0xff);
        }
        int port = selectors.contains(1) ? Math.max(1, selectors.first()) : selectors.first();
        return FlowTuple.ofPorts(source, target, one.number(), one.hasPorts() ? port : 0);
    }
}
