package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The other programs that write netfilter rules here.
 *
 * @param ruleset      all chains; empty when this user may not see them
 * @param activeUnits  the units of {@link KnownFirewall#units} that systemd reports as active
 * @param flushingFile a file that nftables.service loads and that begins by flushing everybody's rules
 */
record FirewallFacts(Optional<Ruleset> ruleset, List<String> activeUnits, Optional<String> flushingFile) {

    private static final String NFTABLES_CONF = "etc/nftables.conf";

    static FirewallFacts read(Host host) {
        Optional<Ruleset> ruleset = host.output("nft", "-j", "list", "chains").map(Ruleset::ofNft);
        Optional<Ruleset> legacy4 = legacy(host, "iptables-legacy-save", "ip");
        Optional<Ruleset> legacy6 = legacy(host, "ip6tables-legacy-save", "ip6");
        return new FirewallFacts(
                Stream.of(ruleset, legacy4, legacy6).flatMap(Optional::stream).reduce(Ruleset::plus),
                activeUnits(host),
                host.read(NFTABLES_CONF)
                        .filter(text ->
                                text.lines().anyMatch(line -> line.strip().startsWith("flush ruleset")))
                        .map(text -> "/" + NFTABLES_CONF));
    }

    /** Without a table's name, the legacy tool lists the loaded tables and loads no others. */
    private static Optional<Ruleset> legacy(Host host, String tool, String family) {
        return host.output(tool).map(saved -> Ruleset.ofLegacy(saved, family));
    }

    private static List<String> activeUnits(Host host) {
        if (host.names("run/systemd/system").isEmpty()) {
            return List.of();
        }
        List<String> asked = KnownFirewall.units();
        var command = new ArrayList<>(List.of("show", "--property=ActiveState", "--value"));
        command.addAll(asked);
        List<String> states = host.output("systemctl", command.toArray(String[]::new))
                .orElse("")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return IntStream.range(0, Math.min(states.size(), asked.size()))
                .filter(i -> states.get(i).equals("active"))
                .mapToObj(asked::get)
                .toList();
    }
}
