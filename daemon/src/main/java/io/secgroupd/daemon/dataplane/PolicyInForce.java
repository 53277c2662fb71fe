package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.PacketFilter;

/**
 * The policy that judges packets now, and the candidate beside it. Both are read together, so that a burst is judged by one
 * pair of them.
 *
 * @param generation the number of the policy in this daemon, from 1
 * @param hits the counters of what each rule decides
 * @param shadow the candidate; {@link ShadowPolicy#NONE} without one
 * @param edition another number for each filter that comes into force, also for other addresses of the same policy; 0 where
 *     nobody asks for it
 */
public record PolicyInForce(PacketFilter filter, long generation, RuleHits hits, ShadowPolicy shadow, long edition) {

    /** Makes a policy whose rules are not counted, without a candidate. */
    public PolicyInForce(PacketFilter filter, long generation) {
        this(filter, generation, RuleHits.NONE);
    }

    /** Makes a policy without a candidate. */
    public PolicyInForce(PacketFilter filter, long generation, RuleHits hits) {
        this(filter, generation, hits, ShadowPolicy.NONE);
    }

    /** Makes a policy of which nobody asks for the edition. */
    public PolicyInForce(PacketFilter filter, long generation, RuleHits hits, ShadowPolicy shadow) {
        this(filter, generation, hits, shadow, 0);
    }
}
