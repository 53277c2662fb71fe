package io.secgroupd.daemon.replay;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.usage.Sightings;
import java.util.Optional;

/** Judges recorded flows by one policy, and hands on what comes of each. */
public final class FlowUses implements RecordedFlows {

    private final Explainer rules;
    private final JudgedUse next;
    private long flows;

    /** Takes flows that are judged. */
    @FunctionalInterface
    public interface JudgedUse {

        /**
         * Takes one.
         *
         * @param judgedFor the instance for which it was judged when it was recorded; empty when the record does not say
         */
        void take(Explanation judged, Sightings seen, Optional<String> judgedFor);
    }

    public FlowUses(Explainer rules, JudgedUse next) {
        this.rules = rules;
        this.next = next;
    }

    @Override
    public void add(RecordedFlow recorded, Sightings seen) {
        flows += seen.count();
        next.take(recorded.explainedBy(rules), seen, recorded.origin().instance());
    }

    @Override
    public long flows() {
        return flows;
    }
}
