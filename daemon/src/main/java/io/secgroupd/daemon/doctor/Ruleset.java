package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All netfilter chains of a host, ours and those of others.
 *
 * @param base   the chains that are attached to a hook
 * @param chains the names of all chains, by table
 */
record Ruleset(List<BaseChain> base, Map<String, List<String>> chains) {

    Ruleset plus(Ruleset other) {
        var allBase = new ArrayList<>(base);
        allBase.addAll(other.base);
        Map<String, List<String>> allChains = new LinkedHashMap<>();
        for (Map<String, List<String>> each : List.of(chains, other.chains)) {
            each.forEach((table, names) ->
                    allChains.computeIfAbsent(table, key -> new ArrayList<>()).addAll(names));
        }
        return new Ruleset(List.copyOf(allBase), allChains);
    }

    /** The table's name without the family ip or ip6, because one tool uses the same name in both. */
    static String nameOf(String table) {
        return table.replaceFirst("^ip6? ", "");
    }

    boolean hasBothVariantsOfIptables() {
        boolean legacy = chains.keySet().stream().anyMatch(table -> table.endsWith(LegacyListing.SUFFIX));
        return legacy && chains.containsKey("ip filter");
    }

    /** The names of all chains in tables of this name. */
    List<String> chainsOf(String tableName) {
        return chains.entrySet().stream()
                .filter(entry -> nameOf(entry.getKey()).equals(tableName))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    /**
     * A chain that is attached to a hook.
     *
     * @param table    the table with its family, such as {@code inet firewalld} or {@code ip filter}
     * @param type     a type such as {@code filter} or {@code nat}
     * @param hook     a hook such as {@code input}
     * @param priority the chain's priority; chains with lower ones come first
     * @param drops    whether the chain drops a packet that none of its rules decides
     */
    record BaseChain(String table, String type, String hook, int priority, boolean drops) {

        /** The name that one tool's tables have in both families, such as {@code filter}. */
        String tableName() {
            return Ruleset.nameOf(table);
        }

        boolean ofBridgeOrDevice() {
            return table.startsWith("bridge ") || table.startsWith("netdev ") || table.startsWith("arp ");
        }
    }
}
