package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a host judges its addresses that none of its instances lists. They always have a verdict. */
public final class HostAnswer {

    /** They are refused. */
    public static final HostAnswer REFUSE = new HostAnswer(null, FixedDecisions.of(Verdict.REJECT, Reason.NO_INSTANCE));

    /** They are open. This happens only when the operator has configured it. */
    public static final HostAnswer OPEN = new HostAnswer(null, FixedDecisions.of(Verdict.ACCEPT, Reason.NO_INSTANCE));

    private final @Nullable InstanceFilter instance;
    private final FixedDecisions otherwise;

    private HostAnswer(@Nullable InstanceFilter instance, FixedDecisions otherwise) {
        this.instance = instance;
        this.otherwise = otherwise;
    }

    /** The rules of an instance judge them. */
    public static HostAnswer of(InstanceFilter instance) {
        return new HostAnswer(instance, REFUSE.otherwise);
    }

    /** Decides a flow to such an address (ingress) or from one (egress). */
    public Decision decide(Direction direction, Flow flow) {
        InstanceFilter answers = instance;
        return answers == null ? otherwise.in(direction) : answers.decide(direction, flow);
    }

    /** The instance whose rules apply; empty when the verdict is the same for every flow. */
    public Optional<InstanceFilter> instance() {
        return Optional.ofNullable(instance);
    }
}
