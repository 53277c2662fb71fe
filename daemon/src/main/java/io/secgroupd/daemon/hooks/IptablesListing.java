package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Hook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parsed output of {@code iptables-save -t mangle}.
 *
 * @param chains the rules of every chain, in order, without their {@code -A CHAIN}
 */
record IptablesListing(Map<String, List<String>> chains) {

    static final IptablesListing EMPTY = new IptablesListing(Map.of());

    /** Matches a comment, with {@code \\"} for a quote within: a comment may mention our chains. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /**
     * A rule that leads into one of our chains.
     *
     * @param chain the chain that contains the rule
     * @param position the position of the rule in its chain, from 1
     */
    record Jump(String chain, int position, String rule) {

        /** Reports whether this rule is the first of this chain. */
        boolean isFirst(String ofChain, String text) {
            return position == 1 && chain.equals(ofChain) && rule.equals(text);
        }
    }

    static IptablesListing parse(String saved) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        for (String line : saved.lines().toList()) {
            if (line.startsWith(":")) {
                chains.put(line.substring(1).split(" ", 2)[0], new ArrayList<>());
            } else if (line.startsWith("-A ")) {
                String[] words = line.split(" ", 3);
                // A rule that only counts has no text.
                chains.computeIfAbsent(words[1], name -> new ArrayList<>()).add(words.length > 2 ? words[2] : "");
            }
        }
        return new IptablesListing(chains);
    }

    /**
     * Reports whether a listing is complete: a part of it would be taken for everything, then restored after a failure, or
     * removed. Where there is no table, nothing is printed.
     */
    static boolean isWhole(String saved) {
        return saved.lines().noneMatch("*mangle"::equals) || saved.lines().anyMatch("COMMIT"::equals);
    }

    boolean has(String chain) {
        return chains.containsKey(chain);
    }

    List<String> rules(String chain) {
        return chains.getOrDefault(chain, List.of());
    }

    List<Jump> jumpsTo(String target) {
        List<Jump> jumps = new ArrayList<>();
        chains.forEach((chain, rules) -> {
            for (int i = 0; i < rules.size(); i++) {
                String rule = QUOTED.matcher(rules.get(i)).replaceAll("") + " ";
                if (rule.contains("-j " + target + " ") || rule.contains("-g " + target + " ")) {
                    jumps.add(new Jump(chain, i + 1, rules.get(i)));
                }
            }
        });
        return jumps;
    }

    /** Reports whether the hook's built-in chain begins with a jump into our chain, and no other rule leads there. */
    boolean isJumpInPlace(Hook hook) {
        List<Jump> jumps = jumpsTo(IptablesText.chainName(hook));
        return jumps.size() == 1 && jumps.get(0).isFirst(hook.name(), "-j " + IptablesText.chainName(hook));
    }

    /** Reports whether a built-in chain that our jump leads, or is about to lead, also contains rules of others. */
    boolean othersFollow() {
        return Stream.of(Hook.values())
                .anyMatch(hook -> rules(hook.name()).stream()
                        .anyMatch(rule -> !rule.equals("-j " + IptablesText.chainName(hook))));
    }
}
