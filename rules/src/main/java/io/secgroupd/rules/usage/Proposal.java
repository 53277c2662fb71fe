package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import java.util.Objects;

/** A policy as it would be with what is proposed; it must allow all that was seen. */
final class Proposal {

    private final CompiledPolicy policy;

    Proposal(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** Throws when a use would be refused, which is a mistake of this program. */
    void allows(Direction direction, Demand demand) {
        demand.visit((name, protocol, selector, peer) -> {
            Instance instance =
                    Objects.requireNonNull(policy.policy().instances().get(name));
            RuleTable table = policy.filterOf(instance).table(direction);
            if (table.match(peer.family(), peer.high(), peer.low(), protocol, selector) == RuleTable.NO_RULE) {
                throw new IllegalStateException("what is proposed would refuse " + name + " " + direction.word() + " "
                        + protocol + " " + selector + " " + peer);
            }
        });
    }
}
