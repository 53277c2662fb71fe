package io.secgroupd.daemon.refused;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;

/** Refusals for tests. */
public final class Refused {

    static final Decision DECISION = Decision.reject(Direction.INGRESS, Reason.NO_MATCHING_RULE, "web");

    private static final int TCP = 6;

    private Refused() {}

    static RefusedKey key(String source, int port) {
        boolean v4 = source.contains(".");
        return RefusedKey.of(
                FlowTuple.ofPorts(address(source), address(v4 ? "10.0.1.10" : "2001:db8:1::10"), TCP, port));
    }

    static RefusedFlow flow(RefusedKey key) {
        return new RefusedFlow(key, 40_000, 2, 7, DECISION, "nginx.service", 1_000);
    }

    static RefusedOffer offer(RefusedKey key, long edition) {
        return new RefusedOffer(flow(key), edition);
    }

    private static IpAddress address(String text) {
        try {
            return AddressText.parseAddress(text);
        } catch (AddressSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
