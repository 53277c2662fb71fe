package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host says of its addresses that none of its instances lists. Somebody always answers for them. */
public final class HostAnswer {

    /** They are refused. */
    public static final HostAnswer REFUSE = new HostAnswer(null, Outcome.of(Verdict.REJECT, Reason.NO_INSTANCE));

    /** They are open: only for an operator who has written that down. */
    public static final HostAnswer OPEN = new HostAnswer(null, Outcome.of(Verdict.ACCEPT, Reason.NO_INSTANCE));

    private final @Nullable InstanceFilter instance;
    private final Outcome otherwise;

    private HostAnswer(@Nullable InstanceFilter instance, Outcome otherwise) {
        this.instance = instance;
        this.otherwise = otherwise;
    }

    /** An instance answers for them, by its rules. */
    public static HostAnswer of(InstanceFilter instance) {
        return new HostAnswer(instance, REFUSE.otherwise);
    }

    /** Decides a flow to such an address (ingress) or from one (egress). */
    public Decision decide(Direction direction, Flow flow) {
        InstanceFilter answers = instance;
        return answers == null ? otherwise.in(direction) : answers.decide(direction, flow);
    }

    /** The instance that answers; empty when the answer is the same for every flow. */
    public Optional<InstanceFilter> instance() {
        return Optional.ofNullable(instance);
    }
}
