package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes texts for {@code iptables-restore --noflush}. Each is one transaction that touches our chains and the jumps into
 * them. Declaring a user chain that exists empties it.
 */
final class IptablesText {

    private IptablesText() {}

    /** Installs the skeleton, whatever parts of it already exist. */
    static String install(IptablesListing now, Skeleton skeleton, Family family) {
        List<String> lines = new ArrayList<>();
        Map<Hook, Skeleton.Chain> wanted = new TreeMap<>();
        skeleton.chains().forEach(chain -> wanted.put(chain.hook(), chain));
        for (Hook hook : wanted.keySet()) {
            lines.add(declaration(chainName(hook)));
        }
        lines.add(declaration(PassedChain.NAME));
        for (Hook hook : Hook.values()) {
            Skeleton.Chain chain = wanted.get(hook);
            lines.addAll(chain == null ? removal(now, hook) : chain(chain, family));
            if (chain != null && !now.isJumpInPlace(hook)) {
                lines.addAll(jumpRemoval(now, hook));
                lines.add("-I " + hook + " 1 -j " + chainName(hook));
            }
        }
        PassedChain.RULES.forEach(rule -> lines.add("-A " + PassedChain.NAME + " " + rule));
        return transaction(lines);
    }

    /** Removes everything of ours; empty when there is nothing. */
    static String remove(IptablesListing now) {
        List<String> lines = new ArrayList<>();
        for (Hook hook : Hook.values()) {
            lines.addAll(removal(now, hook));
        }
        lines.addAll(removal(now, PassedChain.NAME));
        return lines.isEmpty() ? "" : transaction(lines);
    }

    /** Gives our chains their earlier rules and removes chains that did not exist then. The jumps stay first. */
    static String rollBack(IptablesListing before, IptablesListing now) {
        List<String> lines = new ArrayList<>();
        for (Hook hook : Hook.values()) {
            if (!before.has(chainName(hook))) {
                lines.addAll(removal(now, hook));
                continue;
            }
            lines.addAll(before(before, chainName(hook)));
        }
        boolean passed = before.has(PassedChain.NAME);
        lines.addAll(passed ? before(before, PassedChain.NAME) : removal(now, PassedChain.NAME));
        return transaction(lines);
    }

    private static List<String> before(IptablesListing before, String chain) {
        List<String> lines = new ArrayList<>(List.of(declaration(chain)));
        before.rules(chain).forEach(rule -> lines.add("-A " + chain + " " + rule));
        return lines;
    }

    /** Returns the name of our own chain in the mangle table, such as {@code SECGROUPD-INPUT}. */
    static String chainName(Hook hook) {
        return "SECGROUPD-" + hook;
    }

    private static String declaration(String chain) {
        return ":" + chain + " - [0:0]";
    }

    private static List<String> chain(Skeleton.Chain chain, Family family) {
        return chain.iptables(family).stream()
                .map(line -> line.startsWith("#") ? line : "-A " + chainName(chain.hook()) + " " + line)
                .toList();
    }

    private static List<String> removal(IptablesListing now, Hook hook) {
        List<String> lines = new ArrayList<>(now.has(chainName(hook)) ? jumpRemoval(now, hook) : List.of());
        lines.addAll(removal(now, chainName(hook)));
        return lines;
    }

    private static List<String> removal(IptablesListing now, String chain) {
        return now.has(chain) ? List.of("-F " + chain, "-X " + chain) : List.of();
    }

    private static List<String> jumpRemoval(IptablesListing now, Hook hook) {
        return now.jumpsTo(chainName(hook)).stream()
                .map(jump -> "-D " + jump.chain() + " " + jump.rule())
                .toList();
    }

    private static String transaction(List<String> lines) {
        return "*mangle\n" + String.join("\n", lines) + "\nCOMMIT\n";
    }
}
