package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.RangeLists;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The rules of an ordered list of groups in one direction. Instances with the same groups share one table.
 */
public final class RuleTable {

    /** The result of {@link #match} when no rule matches; it is above every index. */
    public static final int NO_RULE = Integer.MAX_VALUE;

    private static final int PROTOCOLS = 256;

    private final ServiceTable[] byProtocol;
    private final List<RuleTerms> rules;

    /**
     * @param byProtocol 256 tables, one a protocol number
     * @param rules      the rules in the order in which the first match is named; the index is what {@link #match} gives
     */
    public RuleTable(List<ServiceTable> byProtocol, List<RuleTerms> rules) {
        if (byProtocol.size() != PROTOCOLS) {
            throw new IllegalArgumentException("every protocol number needs a table");
        }
        this.byProtocol = byProtocol.toArray(ServiceTable[]::new);
        this.rules = List.copyOf(rules);
    }

    /**
     * The index of the first rule that allows this peer this service, or {@link #NO_RULE}.
     *
     * @param high     upper half of the peer's address
     * @param low      lower half of the peer's address
     * @param protocol 0–255
     * @param selector 0–65535, see {@code Flow.selector()}
     */
    public int match(Family family, long high, long low, int protocol, int selector) {
        return byProtocol[protocol].match(family, high, low, selector);
    }

    public List<RuleTerms> rules() {
        return rules;
    }

    /** The number of disjoint address ranges in memory, shared ones counted once. */
    public long ranges() {
        Set<RangeLists> peers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ServiceTable table : byProtocol) {
            table.collectPeers(peers);
        }
        return peers.stream().mapToLong(RangeLists::size).sum();
    }
}
