package io.secgroupd.daemon.hooks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a listing of our nft table with what should stand there. Versions of nft print the same rule in different words;
 * the comment of a rule is the same in all of them.
 */
final class NftCheck {

    private static final Pattern COMMENT = Pattern.compile("comment \"([^\"]*)\"$");
    private static final Pattern CHAIN = Pattern.compile("chain (\\S+) \\{");

    private NftCheck() {}

    /** One sentence for every difference; none when all is in place. */
    static List<String> differences(String listing, Skeleton skeleton) {
        Map<String, List<String>> found = chains(listing);
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        for (Skeleton.Chain chain : skeleton.chains()) {
            List<String> lines = new ArrayList<>(List.of("hook " + chain.hook().nft() + ", policy accept"));
            chain.steps().forEach(step -> lines.add(step.comment()));
            wanted.put(chain.hook().nft(), lines);
        }
        List<String> differences = new ArrayList<>();
        wanted.forEach((chain, lines) -> {
            List<String> have = found.getOrDefault(chain, List.of());
            if (!have.equals(lines)) {
                differences.add(
                        "nft " + NftText.TABLE + ": chain " + chain + " should be " + lines + ", found " + have);
            }
        });
        found.keySet().stream()
                .filter(chain -> !wanted.containsKey(chain))
                .forEach(chain ->
                        differences.add("nft " + NftText.TABLE + ": chain " + chain + " does not belong here"));
        return differences;
    }

    private static Map<String, List<String>> chains(String listing) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : listing.lines().map(String::strip).toList()) {
            Matcher chain = CHAIN.matcher(line);
            if (chain.matches()) {
                current = new ArrayList<>();
                chains.put(chain.group(1), current);
            } else if (!line.isEmpty() && !line.equals("}")) {
                current.add(summary(line));
            }
        }
        return chains;
    }

    private static String summary(String line) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.find()) {
            return comment.group(1);
        }
        return line.replaceFirst("^type filter (hook \\S+) priority .*; (policy \\S+);$", "$1, $2");
    }
}
