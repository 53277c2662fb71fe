package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the mangle table with its intended content. */
final class IptablesCheck {

    private IptablesCheck() {}

    /** Returns one sentence for every difference; none when all is in place. */
    static List<String> differences(IptablesListing now, Skeleton skeleton, Family family) {
        List<String> differences = new ArrayList<>();
        String where = family == Family.IPV4 ? "iptables mangle: " : "ip6tables mangle: ";
        for (Hook hook : Hook.values()) {
            Optional<Skeleton.Chain> wanted = skeleton.chains().stream()
                    .filter(chain -> chain.hook() == hook)
                    .findFirst();
            wanted.map(chain -> chain(now, chain, family))
                    .orElseGet(() -> leftover(now, hook))
                    .forEach(difference -> differences.add(where + difference));
        }
        firstDifference(PassedChain.RULES, now.rules(PassedChain.NAME))
                .ifPresent(text -> differences.add(where + PassedChain.NAME + ": " + text));
        return differences;
    }

    private static List<String> leftover(IptablesListing now, Hook hook) {
        return now.has(IptablesText.chainName(hook))
                ? List.of("chain " + IptablesText.chainName(hook) + " is there, but the hook is off")
                : List.of();
    }

    private static List<String> chain(IptablesListing now, Skeleton.Chain chain, Family family) {
        String name = IptablesText.chainName(chain.hook());
        if (!now.has(name)) {
            return List.of("chain " + name + " is missing");
        }
        List<String> differences = new ArrayList<>();
        if (!now.isJumpInPlace(chain.hook())) {
            differences.add("the only jump to " + name + " should be the first rule of " + chain.hook() + ", found "
                    + now.jumpsTo(name));
        }
        firstDifference(rules(chain, family), now.rules(name)).ifPresent(text -> differences.add(name + ": " + text));
        return differences;
    }

    private static List<String> rules(Skeleton.Chain chain, Family family) {
        return chain.iptables(family).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static Optional<String> firstDifference(List<String> wanted, List<String> found) {
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            String want = i < wanted.size() ? wanted.get(i) : "nothing";
            String have = i < found.size() ? found.get(i) : "nothing";
            if (!isSame(want, have)) {
                return Optional.of("rule " + (i + 1) + " should be `" + want + "`, found `" + have + "`");
            }
        }
        return Optional.empty();
    }

    /** Reports whether two texts are one rule: versions of iptables print a protocol by number or by either of its names. */
    static boolean isSame(String rule, String other) {
        return canonical(rule).equals(canonical(other));
    }

    private static String canonical(String rule) {
        return rule.replaceFirst("-p (icmpv6|ipv6-icmp) ", "-p 58 ")
                .replaceFirst("-p icmp ", "-p 1 ")
                .replaceFirst("-p tcp ", "-p 6 ")
                .replaceFirst("-p sctp ", "-p 132 ")
                .replaceFirst("-p udp ", "-p 17 ");
    }
}
