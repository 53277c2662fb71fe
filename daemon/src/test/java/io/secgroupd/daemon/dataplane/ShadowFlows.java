package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;

/** Decisions and flows about which two policies differ. */
final class ShadowFlows {

    private static final IpAddress CLIENT = IpAddress.ipv4(0xc6336407);
    private static final IpAddress APP = IpAddress.ipv4(0x0a00010a);

    private ShadowFlows() {}

    /** A pair of decisions as two policies come to them. */
    record OppositeDecisions(Decision accepted, Decision refused) {}

    static OppositeDecisions decisions() {
        return new OppositeDecisions(
                Decision.accept(Direction.INGRESS, "app-1", new MatchedRule("sgr-1", "sg-app", "rules.yaml:5", 0)),
                Decision.reject(Direction.INGRESS, Reason.NO_MATCHING_RULE, "app-1"));
    }

    static FlowTuple toPort(int port) {
        return FlowTuple.ofPorts(CLIENT, APP, 6, port);
    }
}
