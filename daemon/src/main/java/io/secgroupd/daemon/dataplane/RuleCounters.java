package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.RuleTerms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps the counters of every rule that has been in force, by group and id. A rule that one edit removes and the next one
 * restores goes on where it was. Safe for several threads; the loops never use it.
 */
public final class RuleCounters {

    /** How many rules out of force are remembered, at about 200 bytes each: enough for any number of edits. */
    static final int RETIRED_KEPT = 10_000;

    private final LongSupplier epochMillis;
    /** The key is a text because a map can order texts: a file can give all its rules ids with the same hash. */
    private final LinkedHashMap<String, RuleCounter> counters = new LinkedHashMap<>();

    /**
     * @param stored the counters of an earlier start, to go on from
     * @param epochMillis the clock, in milliseconds since 1970-01-01T00:00:00Z
     */
    public RuleCounters(Collection<RuleCounter> stored, LongSupplier epochMillis) {
        this.epochMillis = epochMillis;
        stored.forEach(counter -> counters.put(key(counter.group(), counter.rule()), counter));
    }

    private static String key(String group, String rule) {
        return group + " " + rule;
    }

    /** Returns the counters for the rules of a policy that is about to come into force. */
    public synchronized RuleHits of(PacketFilter filter) {
        var byNumber = new HashMap<Integer, RuleCounter>();
        long now = epochMillis.getAsLong();
        for (RuleTerms terms : filter.rules()) {
            MatchedRule rule = terms.rule();
            String key = key(rule.group(), rule.id());
            RuleCounter counter = counters.remove(key);
            if (counter == null) {
                counter = new RuleCounter(rule.group(), rule.id(), now, 0, 0, 0);
            }
            counters.put(key, counter); // moves it to the end: the rule used last is forgotten last
            byNumber.put(rule.number(), counter);
        }
        forgetRetired(byNumber.size());
        return new RuleHits(dense(byNumber, now));
    }

    /** Numbers of rules that this host does not carry are gaps, which no decision reaches. */
    private static List<RuleCounter> dense(Map<Integer, RuleCounter> byNumber, long now) {
        int size = byNumber.isEmpty() ? 0 : Collections.max(byNumber.keySet()) + 1;
        var none = new RuleCounter("", "", now, 0, 0, 0);
        var dense = new ArrayList<>(Collections.nCopies(size, none));
        byNumber.forEach(dense::set);
        return dense;
    }

    private void forgetRetired(int inForce) {
        Iterator<RuleCounter> oldest = counters.values().iterator();
        for (int excess = counters.size() - inForce - RETIRED_KEPT; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The counter of a rule that is or was in force; a counter without hits when the rule never was. */
    public synchronized RuleCounter counter(MatchedRule rule) {
        RuleCounter known = counters.get(key(rule.group(), rule.id()));
        return known != null ? known : new RuleCounter(rule.group(), rule.id(), epochMillis.getAsLong(), 0, 0, 0);
    }

    /** All counters, to be stored. */
    public synchronized List<RuleCounter> all() {
        return List.copyOf(counters.values());
    }
}
