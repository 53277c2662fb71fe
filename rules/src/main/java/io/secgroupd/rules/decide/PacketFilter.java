package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one host enforces: the rules of the instances that it carries. Immutable; a change of the policy is another
 * filter. Deciding allocates nothing and cannot throw.
 */
public final class PacketFilter {

    private static final Decision NOT_JUDGED = Decision.of(Verdict.ACCEPT, Reason.NO_INSTANCE);

    private final AddressTable instanceOfAddress;
    private final InstanceFilter[] instances;
    private final @Nullable InstanceFilter hostInstance;

    /**
     * @param instanceOfAddress the carried addresses; a slot is an index into {@code instances}
     * @param hostInstance      who answers for local addresses that no instance lists; null: nobody, they are not judged
     */
    public PacketFilter(
            AddressTable instanceOfAddress, List<InstanceFilter> instances, @Nullable InstanceFilter hostInstance) {
        this.instanceOfAddress = instanceOfAddress;
        this.instances = instances.toArray(InstanceFilter[]::new);
        this.hostInstance = hostInstance;
    }

    /** Decides a flow to a local address (ingress) or from one (egress). */
    public Decision decide(Direction direction, Flow flow) {
        InstanceFilter carried = direction == Direction.INGRESS ? destination(flow) : source(flow);
        InstanceFilter responsible = carried != null ? carried : hostInstance;
        return responsible == null ? NOT_JUDGED : responsible.decide(direction, flow);
    }

    /**
     * Decides a flow that is routed through this host: the outbound half when the host carries the source, then the
     * inbound half when it carries the destination. The first half that rejects is the answer.
     */
    public Decision decideForwarded(Flow flow) {
        InstanceFilter from = source(flow);
        InstanceFilter to = destination(flow);
        if (from == to) {
            return NOT_JUDGED; // neither end is carried here, or both belong to one instance
        }
        Decision outbound = from == null ? NOT_JUDGED : from.decide(Direction.EGRESS, flow);
        if (to == null || !outbound.accepted()) {
            return outbound;
        }
        return to.decide(Direction.INGRESS, flow);
    }

    /**
     * Decides the half of the far end of a flow to or from a local address. A host with guests carries both ends; loopback,
     * which is never judged, is not among them.
     *
     * @param near the direction that {@link #decide} was asked for
     */
    public Decision decideFarEnd(Direction near, Flow flow) {
        InstanceFilter from = source(flow);
        InstanceFilter to = destination(flow);
        InstanceFilter far = near == Direction.INGRESS ? from : to;
        return far == null || from == to ? NOT_JUDGED : far.decide(near.opposite(), flow);
    }

    /** Which half of a routed flow's judgement a decision is: the outbound one when the source's instance made it. */
    public Direction directionOfForwarded(Flow flow, Decision decision) {
        InstanceFilter from = source(flow);
        return from != null && from.name().equals(decision.instance()) ? Direction.EGRESS : Direction.INGRESS;
    }

    private @Nullable InstanceFilter source(Flow flow) {
        return instanceAt(instanceOfAddress.slotOf(flow.family(), flow.sourceHigh(), flow.sourceLow()));
    }

    private @Nullable InstanceFilter destination(Flow flow) {
        return instanceAt(instanceOfAddress.slotOf(flow.family(), flow.destinationHigh(), flow.destinationLow()));
    }

    private @Nullable InstanceFilter instanceAt(int slot) {
        return slot == AddressTable.NO_SLOT ? null : instances[slot];
    }

    public List<InstanceFilter> instances() {
        return List.of(instances);
    }

    /** Every rule that can decide here, once each, in the order of the instances, inbound first. */
    public List<RuleTerms> rules() {
        var byNumber = new LinkedHashMap<Integer, RuleTerms>();
        Stream.concat(Stream.of(instances), Stream.ofNullable(hostInstance))
                .flatMap(instance ->
                        Stream.of(Direction.INGRESS, Direction.EGRESS).map(instance::table))
                .flatMap(table -> table.rules().stream())
                .forEach(terms -> byNumber.putIfAbsent(terms.rule().number(), terms));
        return List.copyOf(byNumber.values());
    }
}
