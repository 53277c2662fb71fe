package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;

/**
 * The filter for what one instance lets in, or out: the rules of its groups, and the decision that each of them leads
 * to.
 */
final class DirectionFilter {

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
                        flow.family(), flow.destinationHigh(), flow.destinationLow(), flow.protocol(), flow.selector());
        return rule == RuleTable.NO_RULE ? otherwise : ofRule[rule];
    }

    RuleTable table() {
        return table;
    }
}
