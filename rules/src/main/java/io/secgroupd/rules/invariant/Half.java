package io.secgroupd.rules.invariant;

import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressSet;

/**
 * A rule as a half of flows: between the members of its group and its peers.
 *
 * @param members the addresses of the instances that have the rule's group
 * @param peers   the addresses that the rule allows at the other end
 */
record Half(Rule rule, Numbered members, Numbered peers) {

    /** Addresses with a number, which is another for each set, so that what is found of one is remembered in an array. */
    record Numbered(int number, AddressSet addresses) {}
}
