package io.secgroupd.daemon.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All netfilter chains of a host, ours and those of others.
 *
 * @param base   the chains that are attached to a hook
 * @param chains the names of all chains, by table
 */
record Ruleset(List<BaseChain> base, Map<String, List<String>> chains) {

    /** Distinguishes legacy tables from those of the same name in nf_tables. */
    private static final String LEGACY = " (legacy)";

    /** The legacy tables have fixed priorities. */
    private static final Map<String, Integer> LEGACY_PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "filter", 0, "security", 50);

    /**
     * Reads the output of {@code nft -j list chains}: an array of objects, each holding one object of plain values. If the
     * text is not such a listing, returns the chains before the fault.
     */
    static Ruleset ofNft(String json) {
        List<BaseChain> base = new ArrayList<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && "chain".equals(parser.currentName())) {
                    parser.nextToken();
                    add(values(parser), base, chains);
                }
            }
        } catch (IOException e) {
            return new Ruleset(base, chains);
        }
        return new Ruleset(base, chains);
    }

    private static Map<String, String> values(JsonParser parser) throws IOException {
        var values = new HashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, parser.getValueAsString(""));
            parser.skipChildren();
        }
        return values;
    }

    private static void add(Map<String, String> chain, List<BaseChain> base, Map<String, List<String>> chains) {
        String table = chain.getOrDefault("family", "") + " " + chain.getOrDefault("table", "");
        chains.computeIfAbsent(table, key -> new ArrayList<>()).add(chain.getOrDefault("name", ""));
        String priority = chain.getOrDefault("prio", "");
        if (priority.matches("-?\\d{1,9}")) {
            base.add(new BaseChain(
                    table,
                    chain.getOrDefault("type", ""),
                    chain.getOrDefault("hook", ""),
                    Integer.parseInt(priority),
                    "drop".equals(chain.get("policy"))));
        }
    }

    /**
     * Reads the output of {@code iptables-legacy-save}.
     *
     * @param family {@code ip} or {@code ip6}
     */
    static Ruleset ofLegacy(String saved, String family) {
        List<BaseChain> base = new ArrayList<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        String name = "";
        for (String line : saved.lines().toList()) {
            if (line.startsWith("*")) {
                name = line.substring(1);
            } else if (line.startsWith(":")) {
                String[] words = line.substring(1).split(" ", 3);
                String table = family + " " + name + LEGACY;
                chains.computeIfAbsent(table, key -> new ArrayList<>()).add(words[0]);
                if (!words[1].equals("-") && LEGACY_PRIORITIES.containsKey(name)) {
                    base.add(new BaseChain(
                            table,
                            "filter",
                            words[0].toLowerCase(Locale.ROOT),
                            LEGACY_PRIORITIES.get(name),
                            words[1].equals("DROP")));
                }
            }
        }
        return new Ruleset(base, chains);
    }

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
        boolean legacy = chains.keySet().stream().anyMatch(table -> table.endsWith(LEGACY));
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
