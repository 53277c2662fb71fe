package io.secgroupd.rules.decide;

import static io.secgroupd.rules.decide.HostAddresses.isHere;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one host enforces: the one place that knows which halves of a flow are judged, in which direction, and by whose
 * rules. Immutable; a change of the policy or of the host's addresses is another filter. Deciding allocates nothing and
 * cannot throw.
 *
 * <p>The near half is that of the host's own end, for which there is always a verdict. The far half is that of the
 * other end, when the host carries that too, as it does a guest. A routed packet has two far halves. A packet passes
 * when every half that is judged accepts it, or refuses it for an instance that only observes. Loopback packets never come here: no packet that comes from outside or is
 * routed is taken for one, whatever its source.
 */
public final class PacketFilter {

    private static final FixedDecisions NOT_JUDGED = FixedDecisions.of(Verdict.ACCEPT, Reason.NO_INSTANCE);
    private static final FixedDecisions FORGED = FixedDecisions.of(Verdict.REJECT, Reason.OWN_SOURCE);
    private static final FixedDecisions NO_EVIDENCE = FixedDecisions.of(Verdict.REJECT, Reason.PICKUP);

    private final HostAddresses addresses;
    private final HostAnswer unlisted;

    /**
     * Makes the filter of one host.
     *
     * @param unlisted answers for the host's addresses that no carried instance lists
     * @param carried  the instances that the host enforces
     * @param here     the addresses of the host's interfaces
     */
    public PacketFilter(HostAnswer unlisted, List<CarriedInstance> carried, Collection<IpAddress> here) {
        this.addresses = HostAddresses.of(carried, here);
        this.unlisted = unlisted;
    }

    /** Judges the packet that opens a flow, where it meets this host. The decision says which half made it. */
    public Decision judge(Hook hook, Flow flow) {
        int source = addresses.sourceSlot(flow);
        int destination = addresses.destinationSlot(flow);
        return switch (hook) {
            case INPUT -> arriving(flow, source, destination);
            case OUTPUT -> both(near(Direction.EGRESS, source, flow), far(Direction.INGRESS, destination, flow));
            case FORWARD -> routed(flow, source, destination);
        };
    }

    /**
     * Judges a flow by a packet that its receiver sends back, when the opening packet was not seen. For a routed
     * packet, only the carried end is believed to answer: otherwise the guest's outbound rules would let in a
     * stranger's bare ACK.
     *
     * @param hook   where the answering packet passes this host
     * @param opened the flow as it would have been opened: the packet's ends change places
     */
    public Decision judgeAnswered(Hook hook, Flow opened) {
        if (hook == Hook.FORWARD && addresses.instanceAt(addresses.destinationSlot(opened)) == null) {
            return NO_EVIDENCE.ingress();
        }
        return judge(hook.opposite(), opened);
    }

    /**
     * The kernel stops packets with this host's own source for IPv4 only. What this host sends to a multicast or
     * broadcast address comes back to it with its own source, so only a packet to one receiver is known to be forged. In
     * IPv6 that is all but multicast: an anycast address, or a local route of a whole prefix, makes this host the receiver
     * under addresses that no interface has. Which IPv4 addresses are broadcast is not known here.
     */
    private Decision arriving(Flow flow, int source, int destination) {
        if (isHere(source) && (isHere(destination) || isUnicast6(flow))) {
            return FORGED.ingress();
        }
        return both(near(Direction.INGRESS, destination, flow), far(Direction.EGRESS, source, flow));
    }

    private static boolean isUnicast6(Flow flow) {
        return flow.family() == Family.IPV6
                && !IpAddress.isForMany(flow.family(), flow.destinationHigh(), flow.destinationLow());
    }

    private Decision routed(Flow flow, int source, int destination) {
        if (isHere(source)) {
            return FORGED.ingress();
        }
        Decision outbound = far(Direction.EGRESS, source, flow);
        if (outbound != null && !outbound.passes()) {
            return outbound;
        }
        Decision inbound = far(Direction.INGRESS, destination, flow);
        if (outbound == null) {
            return inbound != null ? inbound : NOT_JUDGED.ingress();
        }
        return inbound == null || (outbound.observed() && inbound.passes()) ? outbound : inbound;
    }

    /**
     * The near half decides, unless the far half refuses, or is the only one that was judged. A refusal that is only observed
     * gives way to one that holds.
     */
    private static Decision both(Decision near, @Nullable Decision far) {
        if (far == null || !near.passes()) {
            return near;
        }
        if (near.observed()) {
            return far.passes() ? near : far;
        }
        return far.accepted() && near.rule() != null ? near : far;
    }

    private Decision near(Direction direction, int slot, Flow flow) {
        InstanceFilter listed = addresses.instanceAt(slot);
        return listed == null ? unlisted.decide(direction, flow) : listed.decide(direction, flow);
    }

    private @Nullable Decision far(Direction direction, int slot, Flow flow) {
        InstanceFilter listed = addresses.instanceAt(slot);
        return listed == null ? null : listed.decide(direction, flow);
    }

    public List<InstanceFilter> instances() {
        return addresses.instances();
    }

    /** The instance of this name, when its rules can decide here. */
    public Optional<InstanceFilter> instance(String name) {
        return Stream.concat(instances().stream(), unlisted.instance().stream())
                .filter(instance -> instance.name().equals(name))
                .findFirst();
    }

    /** Every rule that can decide here, once each, in the order of the instances, inbound first. */
    public List<RuleTerms> rules() {
        var byNumber = new LinkedHashMap<Integer, RuleTerms>();
        Stream.concat(instances().stream(), unlisted.instance().stream())
                .flatMap(instance ->
                        Stream.of(Direction.INGRESS, Direction.EGRESS).map(instance::table))
                .flatMap(table -> table.rules().stream())
                .forEach(terms -> byNumber.putIfAbsent(terms.rule().number(), terms));
        return List.copyOf(byNumber.values());
    }
}
