package io.secgroupd.daemon.cli.usage;

import io.secgroupd.daemon.replay.FlowUses.JudgedUse;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.Suggester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the suggester which halves of the recorded flows the rules refuse, and keeps count. */
final class NeededRules implements JudgedUse {

    private final CompiledPolicy policy;
    private final Suggester suggester;
    private long allowed;
    private long needed;
    private long nobody;
    private long impossible;

    NeededRules(CompiledPolicy policy, Suggester suggester) {
        this.policy = policy;
        this.suggester = suggester;
    }

    @Override
    public void take(Explanation judged, Sightings seen, Optional<String> judgedFor) {
        if (judged.verdict() == Verdict.ACCEPT) {
            allowed += seen.count();
            return;
        }
        List<Decision> refused = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            judged.half(direction).filter(half -> !half.accepted()).ifPresent(refused::add);
        }
        if (refused.isEmpty()
                || refused.stream().anyMatch(half -> instance(half).isEmpty())) {
            nobody += seen.count();
            return;
        }
        boolean possible = true;
        for (Decision half : refused) {
            possible &= add(instance(half).orElseThrow(), half.direction(), judged.flow(), seen);
        }
        needed += possible ? seen.count() : 0;
        impossible += possible ? 0 : seen.count();
    }

    private Optional<Instance> instance(Decision half) {
        return Optional.ofNullable(policy.policy().instances().get(half.instance()));
    }

    private boolean add(Instance instance, Direction direction, FlowTuple flow, Sightings seen) {
        return suggester.add(
                instance,
                direction,
                new Protocol(flow.protocol()),
                flow.selector(),
                direction == Direction.INGRESS ? flow.source() : flow.destination(),
                seen);
    }

    /** Connections that the rules allow already. */
    long allowed() {
        return allowed;
    }

    /** Connections that the suggested rules would allow. */
    long needed() {
        return needed;
    }

    /** Sentences about what no rule can allow. */
    List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (nobody > 0) {
            remarks.add(Plural.grouped(nobody)
                    + " connections were refused at addresses that no instance lists; give an instance these addresses"
                    + " first");
        }
        if (impossible > 0) {
            remarks.add(Plural.grouped(impossible)
                    + " packets were ICMP of the other address family, which no rule that names ICMP allows");
        }
        return remarks;
    }
}
