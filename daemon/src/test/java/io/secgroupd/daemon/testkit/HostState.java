package io.secgroupd.daemon.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** What the kernel knows of a host: where a packet has ended that nobody has answered, and nobody has logged. */
final class HostState {

    private static final List<List<String>> LOOKS = List.of(
            List.of("ip", "-s", "link"),
            List.of("ip", "route"),
            List.of("ip", "neigh"),
            List.of("ss", "-ltn"),
            List.of("nstat", "-as"),
            List.of("cat", "/proc/net/netfilter/nfnetlink_queue"),
            List.of("iptables-save", "-c", "-t", "mangle"),
            List.of("nft", "list", "ruleset"));

    private HostState() {}

    /** One text, a part for each command. */
    static String of(NetworkNamespace host) {
        return LOOKS.stream()
                .map(look -> String.join(" ", look) + ":\n" + answer(host, look))
                .collect(Collectors.joining("\n"));
    }

    private static String answer(NetworkNamespace host, List<String> look) {
        try {
            return host.run(look.toArray(String[]::new));
        } catch (RuntimeException unanswered) {
            return String.valueOf(unanswered.getMessage());
        }
    }
}
