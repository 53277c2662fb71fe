package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import java.util.List;
import java.util.Optional;

/** The compiled rules of one instance, both directions. */
public final class InstanceFilter {

    private final String name;
    private final List<String> securityGroups;
    private final DirectionFilter ingress;
    private final DirectionFilter egress;

    public InstanceFilter(String name, List<String> securityGroups, RuleTable inbound, RuleTable outbound) {
        this.name = name;
        this.securityGroups = List.copyOf(securityGroups);
        Reason otherwise = securityGroups.isEmpty() ? Reason.NO_GROUPS : Reason.NO_MATCHING_RULE;
        this.ingress = new DirectionFilter(name, Direction.INGRESS, inbound, otherwise);
        this.egress = new DirectionFilter(name, Direction.EGRESS, outbound, otherwise);
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

    public RuleTable table(Direction direction) {
        return (direction == Direction.INGRESS ? ingress : egress).table;
    }

    /**
     * The filter for what one instance lets in, or out: the rules of its groups, and the decision that each of them leads
     * to.
     */
    private static final class DirectionFilter {

        private final Direction direction;
        private final RuleTable table;
        private final Decision[] ofRule;
        private final Decision otherwise;

        /** @param otherwise the reason for refusing what no rule allows */
        DirectionFilter(String instance, Direction direction, RuleTable table, Reason otherwise) {
            this.direction = direction;
            this.table = table;
            this.otherwise = Decision.reject(direction, otherwise, instance);
            this.ofRule = table.rules().stream()
                    .map(terms -> Decision.accept(direction, instance, terms.rule()))
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
