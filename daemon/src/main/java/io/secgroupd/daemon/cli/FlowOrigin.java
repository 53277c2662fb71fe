package io.secgroupd.daemon.cli;

import io.secgroupd.rules.net.Direction;
import java.util.Optional;

/**
 * Who saw a recorded flow, as far as the record says: a capture says nothing, a flow log most of it. It tells which end was
 * at home where the flow was judged, also when no instance lists that end's address.
 *
 * @param host      that judged it
 * @param instance  for which it was judged; in AWS's own logs the network interface
 * @param direction from that instance's or host's point of view
 */
record FlowOrigin(Optional<String> host, Optional<String> instance, Optional<Direction> direction) {

    static final FlowOrigin UNKNOWN = new FlowOrigin(Optional.empty(), Optional.empty(), Optional.empty());

    /** Of what goes the other way, past the same place. */
    FlowOrigin fromTheOtherEnd() {
        return new FlowOrigin(
                host, instance, direction.map(way -> way == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS));
    }
}
