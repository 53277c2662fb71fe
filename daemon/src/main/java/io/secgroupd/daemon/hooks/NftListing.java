package io.secgroupd.daemon.hooks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as {@code nft list table} prints it.
 *
 * @param settings the lines outside its chains, such as {@code flags dormant} or a set
 * @param chains the lines of every chain: first its hook, then its rules in their order
 */
record NftListing(List<String> settings, Map<String, List<String>> chains) {

    private static final Pattern CHAIN = Pattern.compile("chain (\\S+) \\{.*");
    private static final Pattern HOOKED =
            Pattern.compile("type (\\S+) hook (\\S+) priority ([^;]+); policy (\\S+);(.*)");

    /** The count of a counter is not part of the rule. */
    private static final Pattern COUNTED = Pattern.compile("counter packets \\d+ bytes \\d+");

    static NftListing parse(String listing) {
        List<String> settings = new ArrayList<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        List<String> into = settings;
        for (String line : listing.lines().map(String::strip).toList()) {
            Matcher chain = CHAIN.matcher(line);
            if (chain.matches()) {
                into = new ArrayList<>();
                chains.put(chain.group(1), into);
            } else if (line.equals("}")) {
                into = settings;
            } else if (!line.isEmpty() && !line.startsWith("table ") && !line.startsWith("#")) {
                into.add(canonical(line));
            }
        }
        return new NftListing(settings, chains);
    }

    /** Versions print a priority by its number or relative to a name. */
    private static String canonical(String line) {
        Matcher hooked = HOOKED.matcher(line);
        if (hooked.matches()) {
            return "type " + hooked.group(1) + " hook " + hooked.group(2) + " priority "
                    + hooked.group(3).replace("mangle - 10", "-160") + "; policy " + hooked.group(4) + ";"
                    + hooked.group(5);
        }
        return COUNTED.matcher(line).replaceAll("counter");
    }

    List<String> lines(String chain) {
        return chains.getOrDefault(chain, List.of());
    }
}
