package io.secgroupd.daemon.cli.usage;

import io.secgroupd.daemon.replay.FlowUses.JudgedUse;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.Tightener;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the tightener what the rules allow of the recorded flows, each half by itself: what leaves a host may still be refused at
 * the other end, and its rule was used.
 */
final class UsedRules implements JudgedUse {

    private final CompiledPolicy policy;
    private final Tightener tightener;
    private final Set<String> recorded = new HashSet<>();
    private Optional<Sightings> all = Optional.empty();

    UsedRules(CompiledPolicy policy, Tightener tightener) {
        this.policy = policy;
        this.tightener = tightener;
    }

    @Override
    public void take(Explanation judged, Sightings seen, Optional<String> judgedFor) {
        judgedFor.ifPresent(recorded::add);
        all = all.map(seen::plus).or(() -> Optional.of(seen));
        for (Direction direction : Direction.values()) {
            judged.half(direction).filter(Decision::accepted).ifPresent(half -> add(half, judged.flow(), seen));
        }
    }

    private void add(Decision half, FlowTuple flow, Sightings seen) {
        Instance instance = policy.policy().instances().get(half.instance());
        if (instance != null) {
            tightener.add(
                    instance,
                    half.direction(),
                    new Protocol(flow.protocol()),
                    flow.selector(),
                    half.direction() == Direction.INGRESS ? flow.source() : flow.destination(),
                    seen);
        }
    }

    /** Reports whether connections were judged for an instance. */
    boolean isRecorded(String instance) {
        return recorded.contains(instance);
    }

    /** All connections; empty when there is none. */
    Optional<Sightings> all() {
        return all;
    }
}
