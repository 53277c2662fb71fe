package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.doctor.Ruleset.BaseChain;
import io.secgroupd.daemon.terms.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reports other firewalls of the host, and whether they see a packet before or after secgroupd. */
final class FirewallCheck {

    private static final String TOPIC = "firewall";
    private static final List<String> JUDGED = List.of("input", "output", "forward");
    private static final List<String> OF_IPTABLES =
            List.of("raw", "mangle", "filter", "security", "raw (legacy)", "mangle (legacy)", "filter (legacy)");
    private static final List<String> OF_OURS = List.of("inet secgroupd", "inet secgroupd-refused");
    private static final List<String> BUILT_IN = List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

    private final FirewallFacts facts;
    private final Optional<Backend> backend;
    private final boolean forward;

    private FirewallCheck(FirewallFacts facts, Optional<Backend> backend, boolean forward) {
        this.facts = facts;
        this.backend = backend;
        this.forward = forward;
    }

    /**
     * Returns what the operator should know about other firewalls.
     *
     * @param backend the backend of our hooks, now or once they are installed
     * @param forward whether packets routed through this host are judged
     */
    static List<Finding> findings(FirewallFacts facts, Optional<Backend> backend, boolean forward) {
        return new FirewallCheck(facts, backend, forward).findings();
    }

    private List<Finding> findings() {
        if (facts.ruleset().isEmpty()) {
            return List.of(Finding.note(
                    TOPIC,
                    "this user cannot see whether there are other firewalls" + units(),
                    "sudo secgroupd doctor, or: sudo nft list ruleset"));
        }
        Ruleset ruleset = facts.ruleset().get();
        var findings = new ArrayList<Finding>();
        byTable(ruleset).forEach((table, chains) -> {
            String name = "table " + table + owners(chains.get(0), ruleset) + ", ";
            List<BaseChain> early = chains.stream().filter(this::isBefore).toList();
            List<BaseChain> late =
                    chains.stream().filter(chain -> !isBefore(chain)).toList();
            if (!early.isEmpty()) {
                findings.add(before(name, early));
            }
            if (!late.isEmpty()) {
                findings.add(after(name, late));
            }
        });
        if (findings.isEmpty()) {
            findings.add(Finding.ok(TOPIC, "no other tables judge packets here" + units()));
        }
        if (ruleset.hasBothVariantsOfIptables()) {
            findings.add(Finding.note(
                    TOPIC,
                    "both variants of iptables have tables here: \"iptables -S\" shows those of one alone, and packets meet"
                            + " both",
                    "iptables-legacy -S and iptables-nft -S"));
        }
        flush().ifPresent(findings::add);
        containers(ruleset).ifPresent(findings::add);
        return findings;
    }

    private String units() {
        return facts.activeUnits().isEmpty() ? "" : "; systemd calls active: " + String.join(", ", facts.activeUnits());
    }

    private Map<String, List<BaseChain>> byTable(Ruleset ruleset) {
        return ruleset.base().stream()
                .filter(chain -> !chain.type().equals("nat") && !chain.ofBridgeOrDevice())
                .filter(chain -> JUDGED.contains(chain.hook()) || isOwnPrerouting(chain))
                .filter(chain -> !isOurs(chain, ruleset))
                .collect(Collectors.groupingBy(BaseChain::tableName, LinkedHashMap::new, Collectors.toList()));
    }

    /** Reports whether a table has its own prerouting hook; iptables tables have one even without rules. */
    private static boolean isOwnPrerouting(BaseChain chain) {
        return chain.hook().equals("prerouting") && !OF_IPTABLES.contains(chain.tableName());
    }

    /** Reports whether a chain is in an nft table of ours, or in an iptables table in which all added chains are ours. */
    private static boolean isOurs(BaseChain chain, Ruleset ruleset) {
        List<String> chains = ruleset.chainsOf(chain.tableName());
        boolean guests = chains.stream().anyMatch(name -> name.startsWith("SECGROUPD-"));
        boolean others = chains.stream().anyMatch(name -> !name.startsWith("SECGROUPD-") && !BUILT_IN.contains(name));
        return OF_OURS.contains(chain.table()) || (guests && !others);
    }

    private boolean isBefore(BaseChain chain) {
        return chain.hook().equals("prerouting") || chain.priority() < ourPriority();
    }

    /** The priority of the skeleton among the other chains, or the one that it would have. */
    private int ourPriority() {
        return backend.filter(Backend.IPTABLES::equals).isPresent() ? -150 : -160;
    }

    private static Finding before(String table, List<BaseChain> chains) {
        return Finding.note(
                TOPIC,
                table + places(chains) + ", comes before secgroupd: what it drops never reaches secgroupd or its log;"
                        + " what it accepts is still judged");
    }

    private static Finding after(String table, List<BaseChain> chains) {
        String what = table + places(chains)
                + ", comes after secgroupd: it never sees what secgroupd refuses, and may refuse what secgroupd accepts";
        return chains.stream().anyMatch(BaseChain::drops)
                ? Finding.warning(
                        TOPIC,
                        what + "; its policy is drop, so a connection needs a rule in both",
                        "allow there what the rules file allows, or remove one of the two")
                : Finding.note(TOPIC, what);
    }

    private static String owners(BaseChain chain, Ruleset ruleset) {
        List<KnownFirewall> owners = KnownFirewall.ownersOf(chain.tableName(), ruleset.chainsOf(chain.tableName()));
        return owners.isEmpty()
                ? ""
                : " of " + owners.stream().map(KnownFirewall::unit).collect(Collectors.joining(", "));
    }

    /** A text such as {@code input and output at priority 0}. */
    private static String places(List<BaseChain> chains) {
        Map<Integer, TreeSet<String>> hooks = new LinkedHashMap<>();
        chains.forEach(chain ->
                hooks.computeIfAbsent(chain.priority(), key -> new TreeSet<>()).add(chain.hook()));
        return hooks.entrySet().stream()
                .map(entry -> String.join(" and ", entry.getValue()) + " at priority " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private Optional<Finding> flush() {
        return facts.flushingFile()
                .filter(file -> facts.activeUnits().contains("nftables"))
                .map(file -> Finding.warning(
                        TOPIC,
                        file
                                + " flushes everybody's rules: whenever nftables.service is reloaded the host is open until"
                                + " secgroupd has restored its hooks, which takes up to a second",
                        "delete the tables of that file by name instead of \"flush ruleset\""));
    }

    private Optional<Finding> containers(Ruleset ruleset) {
        List<String> owners = ruleset.base().stream()
                .map(BaseChain::tableName)
                .distinct()
                .flatMap(table -> KnownFirewall.ownersOf(table, ruleset.chainsOf(table)).stream())
                .filter(known -> known == KnownFirewall.DOCKER
                        || known == KnownFirewall.PODMAN
                        || known == KnownFirewall.LIBVIRT)
                .map(KnownFirewall::unit)
                .distinct()
                .toList();
        if (owners.isEmpty() || forward) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                TOPIC,
                String.join(" and ", owners)
                        + " forwards packets to guests of this host, also those to published ports:"
                        + " secgroupd does not judge what is forwarded",
                "hooks: { forward: true } in daemon.yaml, with the guests' addresses in the rules file"));
    }
}
