package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.PacketFilter;

/**
 * The policy that judges packets now.
 *
 * @param generation the number of the policy in this daemon, from 1
 * @param hits the counters of what each rule decides
 */
public record PolicyInForce(PacketFilter filter, long generation, RuleHits hits) {

    /** Makes a policy whose rules are not counted. */
    public PolicyInForce(PacketFilter filter, long generation) {
        this(filter, generation, RuleHits.NONE);
    }
}
