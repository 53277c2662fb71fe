package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import java.util.List;
import java.util.Optional;

/** The compiled rules of one instance, both directions. */
public final class InstanceFilter {

    private final String name;
    private final List<String> securityGroups;
    private final boolean observes;
    private final DirectionFilter ingress;
    private final DirectionFilter egress;

    /** @param observes whether what the rules refuse passes all the same */
    public InstanceFilter(
            String name, List<String> securityGroups, boolean observes, RuleTable inbound, RuleTable outbound) {
        this.name = name;
        this.securityGroups = List.copyOf(securityGroups);
        this.observes = observes;
        Reason otherwise = securityGroups.isEmpty() ? Reason.NO_GROUPS : Reason.NO_MATCHING_RULE;
        this.ingress = new DirectionFilter(Direction.INGRESS, inbound, otherwise);
        this.egress = new DirectionFilter(Direction.EGRESS, outbound, otherwise);
    }

    /** Decides a flow to this instance (ingress) or from it (egress). */
    public Decision decide(Direction direction, Flow flow) {
        return (direction == Direction.INGRESS ? ingress : egress).decide(flow);
    }

    /** The rule that came nearest to allowing a flow that was rejected. */
    public Optional<NearestMiss> nearestMiss(Direction direction, Flow flow) {
        return NearestMiss.of(table(direction).rules(), flow);
    }

    public String name() {
        return name;
    }

    public List<String> securityGroups() {
        return securityGroups;
    }

    /** Reports whether what the rules refuse passes all the same. */
    public boolean observes() {
        return observes;
    }

    public RuleTable table(Direction direction) {
        return (direction == Direction.INGRESS ? ingress : egress).table;
    }

    /**
     * The filter for what one instance lets in, or out: the rules of its groups, and the decision that each of them leads
     * to.
     */
    private final class DirectionFilter {

        private final Direction direction;
        private final RuleTable table;
        private final Decision[] ofRule;
        private final Decision otherwise;

        /** @param otherwise the reason for refusing what no rule allows */
        DirectionFilter(Direction direction, RuleTable table, Reason otherwise) {
            this.direction = direction;
            this.table = table;
            this.otherwise = observes
                    ? Decision.observe(direction, otherwise, name)
                    : Decision.reject(direction, otherwise, name);
            this.ofRule = table.rules().stream()
                    .map(terms -> Decision.accept(direction, name, terms.rule()))
                    .toArray(Decision[]::new);
        }

        Decision decide(Flow flow) {
            int rule = direction == Direction.INGRESS
                    ? table.match(flow.family(), flow.sourceHigh(), flow.sourceLow(), flow.protocol(), flow.selector())
                    : table.match(
                            flow.family(),
                            flow.destinationHigh(),
                            flow.destinationLow(),
                            flow.protocol(),
                            flow.selector());
            return rule == RuleTable.NO_RULE ? otherwise : ofRule[rule];
        }
    }
}
