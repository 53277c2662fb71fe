package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The netfilter rules of a host, whoever made them, each on a line of its own.
 *
 * @param rules the rules, those of iptables in the syntax of {@code iptables-save}, all others in that of nft
 */
public record HostRules(List<HostRule> rules) {

    public HostRules {
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param tool the program that shows the rule, such as {@code ip6tables}
     * @param table the table, such as {@code mangle}, or {@code inet host} with nft
     * @param text the rule without its chain
     */
    public record HostRule(String tool, String table, String chain, String text) {

        public boolean ofIptables() {
            return !tool.equals("nft");
        }

        /** Returns the place and text of the rule, as an operator would look for it. */
        @Override
        public String toString() {
            return ofIptables()
                    ? tool + " -t " + table + " -A " + chain + " " + text
                    : "nft " + table + " " + chain + ": " + text;
        }
    }

    private static final List<String> TOOLS = List.of("iptables", "ip6tables", "iptables-legacy", "ip6tables-legacy");

    /** Reads the rules that this user may see; a tool that is missing or refuses shows none. */
    public static HostRules read(CommandRunner runner) {
        List<HostRule> rules = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Optional<KernelTables> known = runner.tables();
        for (String tool : TOOLS) {
            String saved = mayShowRules(tool, known, runner) ? output(runner, tool + "-save") : "";
            String family = tool.startsWith("ip6") ? "6" : "4";
            // Where the legacy variant is the host's default, both names show the same rules.
            String words = family + withoutRemarks(saved);
            if (!seen.contains(words)) {
                seen.add(words);
                rules.addAll(ofIptables(tool, saved));
            }
        }
        rules.addAll(ofNft(output(runner, "nft", "list", "ruleset")));
        return new HostRules(rules);
    }

    /** A tool is not started where the kernel has no table of its kind. */
    private static boolean mayShowRules(String tool, Optional<KernelTables> known, CommandRunner runner) {
        Family family = tool.startsWith("ip6") ? Family.IPV6 : Family.IPV4;
        if (runner.mayHoldLegacy(family)) {
            return true;
        }
        return !tool.endsWith("-legacy")
                && known.map(tables -> tables.hasAny(family == Family.IPV4 ? "ip" : "ip6"))
                        .orElse(true);
    }

    private static String withoutRemarks(String saved) {
        return saved.lines().filter(line -> line.startsWith("-A ")).reduce("", (all, line) -> all + "\n" + line);
    }

    private static String output(CommandRunner runner, String tool, String... arguments) {
        try {
            CommandResult result = runner.run(tool, arguments);
            return result.succeeded() ? result.output() : "";
        } catch (HooksException e) {
            return "";
        }
    }

    static List<HostRule> ofIptables(String tool, String saved) {
        List<HostRule> rules = new ArrayList<>();
        String table = "";
        for (String line : saved.lines().toList()) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (line.startsWith("-A ")) {
                String[] words = line.split(" ", 3);
                rules.add(new HostRule(tool, table, words[1], words.length > 2 ? words[2] : ""));
            }
        }
        return rules;
    }

    /** Leaves out tables that iptables keeps in nf_tables, because iptables itself has shown them in its own syntax. */
    static List<HostRule> ofNft(String listing) {
        List<HostRule> rules = new ArrayList<>();
        String table = "";
        String chain = "";
        for (String line : listing.lines().map(String::strip).toList()) {
            if (line.startsWith("table ") && line.endsWith("{")) {
                table = line.substring(6, line.length() - 1).strip();
                chain = "";
            } else if (line.startsWith("chain ") && line.endsWith("{")) {
                chain = line.substring(6, line.length() - 1).strip();
            } else if (line.equals("}")) {
                chain = "";
            } else if (!chain.isEmpty() && !line.startsWith("type ") && !ofIptables(table)) {
                rules.add(new HostRule("nft", table, chain, line));
            }
        }
        return rules;
    }

    private static boolean ofIptables(String table) {
        return table.matches("ip6? (raw|mangle|nat|filter|security)");
    }

    /** The rules that are not ours. */
    public List<HostRule> ofOthers() {
        return rules.stream()
                .filter(rule ->
                        !rule.chain().startsWith("SECGROUPD-") && !rule.table().startsWith(NftText.TABLE))
                .toList();
    }
}
