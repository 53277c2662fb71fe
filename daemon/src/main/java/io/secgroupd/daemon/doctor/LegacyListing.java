package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.doctor.Ruleset.BaseChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the output of {@code iptables-legacy-save}. The legacy tables have fixed priorities. */
final class LegacyListing {

    /** Distinguishes legacy tables from those of the same name in nf_tables. */
    static final String SUFFIX = " (legacy)";

    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "filter", 0, "security", 50);

    private LegacyListing() {}

    /** @param family {@code ip} or {@code ip6} */
    static Ruleset parse(String saved, String family) {
        List<BaseChain> base = new ArrayList<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        String name = "";
        for (String line : saved.lines().toList()) {
            if (line.startsWith("*")) {
                name = line.substring(1);
            } else if (line.startsWith(":")) {
                String[] words = line.substring(1).split(" ", 3);
                String table = family + " " + name + SUFFIX;
                chains.computeIfAbsent(table, key -> new ArrayList<>()).add(words[0]);
                if (!words[1].equals("-") && PRIORITIES.containsKey(name)) {
                    base.add(new BaseChain(
                            table,
                            "filter",
                            words[0].toLowerCase(Locale.ROOT),
                            PRIORITIES.get(name),
                            words[1].equals("DROP")));
                }
            }
        }
        return new Ruleset(base, chains);
    }
}
