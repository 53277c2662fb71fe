package io.secgroupd.rules.compile;

import io.secgroupd.rules.net.PortRange;

/**
 * A rule as the tables need it.
 *
 * @param rule      its index in the rule table: the lowest that matches is the one named
 * @param selectors ports, or ICMP type and code
 */
record Candidate(int rule, PortRange selectors, PeerSet peers) {}
