package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.PacketFilter;

/**
 * The policy by which packets are judged now.
 *
 * @param generation counts the policies of this daemon, from 1
 * @param hits       counts what each rule decides
 */
public record PolicyInForce(PacketFilter filter, long generation, RuleHits hits) {

    /** A policy whose rules nobody counts. */
    public PolicyInForce(PacketFilter filter, long generation) {
        this(filter, generation, RuleHits.NONE);
    }
}
