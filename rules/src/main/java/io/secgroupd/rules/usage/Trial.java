package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import java.util.Objects;

/** Tries a proposal: a policy with it must allow all that was seen. */
final class Trial {

    private final CompiledPolicy proposed;

    Trial(CompiledPolicy proposed) {
        this.proposed = proposed;
    }

    /** Throws when a use would be refused, which is a mistake of this program. */
    void allows(Direction direction, Demand demand) {
        demand.visit((name, protocol, selector, peer) -> {
            Instance instance =
                    Objects.requireNonNull(proposed.policy().instances().get(name));
            RuleTable table = proposed.filterOf(instance).table(direction);
            if (table.match(peer.family(), peer.high(), peer.low(), protocol, selector) == RuleTable.NO_RULE) {
                throw new IllegalStateException("what is proposed would refuse " + name + " " + direction.word() + " "
                        + protocol + " " + selector + " " + peer);
            }
        });
    }
}
