package io.secgroupd.rules.analyze;

import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A host whose own addresses are known, so that one can tell how it judges those that no instance lists.
 *
 * @param answer    how the host judges them
 * @param addresses the addresses of its interfaces
 */
public record KnownHost(HostAnswer answer, Set<IpAddress> addresses) {

    /** No host in particular. */
    public static final KnownHost NONE = new KnownHost(HostAnswer.REFUSE, Set.of());

    public KnownHost {
        addresses = Collections.unmodifiableSet(new HashSet<>(addresses));
    }

    /** How a source that no instance lists is judged; empty when it is not known to be this host's. */
    Optional<HostAnswer> answerForSource(IpAddress address) {
        return addresses.contains(address) ? Optional.of(answer) : Optional.empty();
    }

    /** How a destination that no instance lists is judged: a multicast or broadcast packet is sent to this host too. */
    Optional<HostAnswer> answerForDestination(IpAddress address) {
        boolean here = addresses.contains(address) || (!addresses.isEmpty() && address.isForMany());
        return here ? Optional.of(answer) : Optional.empty();
    }

    /** Reports whether both ends are this host's, so that the flow is loopback. */
    boolean hasBoth(FlowTuple flow) {
        return addresses.contains(flow.source()) && addresses.contains(flow.destination());
    }
}
