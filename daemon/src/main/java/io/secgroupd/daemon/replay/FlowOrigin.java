package io.secgroupd.daemon.replay;

import io.secgroupd.rules.analyze.KnownHost;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Verdict;
import java.util.Optional;
import java.util.Set;

/**
 * Where a recorded flow was seen, as far as the record says: a capture says nothing, a flow log most of it. It tells which
 * end was local where the flow was judged, even when no instance lists that end's address.
 *
 * @param host the host that judged the flow
 * @param instance the instance for which it was judged; in AWS's own logs the network interface
 * @param direction the direction from that instance's or host's point of view
 * @param unlisted the host's verdict where no instance answered
 */
record FlowOrigin(
        Optional<String> host, Optional<String> instance, Optional<Direction> direction, Optional<Verdict> unlisted) {

    static final FlowOrigin UNKNOWN =
            new FlowOrigin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Returns the host that met the flow, under a policy: the local end is an address of it, for which that instance
     * answered. Empty when the record does not say.
     */
    Optional<KnownHost> met(FlowTuple flow, CompiledPolicy policy) {
        return direction.flatMap(known -> answer(policy)
                .map(answer -> new KnownHost(
                        answer, Set.of(known == Direction.INGRESS ? flow.destination() : flow.source()))));
    }

    private Optional<HostAnswer> answer(CompiledPolicy policy) {
        if (unlisted.isPresent()) {
            return unlisted.map(said -> said == Verdict.ACCEPT ? HostAnswer.OPEN : HostAnswer.REFUSE);
        }
        return instance.flatMap(
                        name -> Optional.ofNullable(policy.policy().instances().get(name)))
                .map(known -> policy.answerOf(new HostInstance.Named(known)));
    }

    /** Returns the origin of a flow in the opposite direction, past the same place. */
    FlowOrigin fromTheOtherEnd() {
        return new FlowOrigin(host, instance, direction.map(Direction::opposite), unlisted);
    }
}
