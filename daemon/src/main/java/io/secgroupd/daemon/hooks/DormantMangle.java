package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.util.List;

/**
 * Checks whether the mangle table of iptables is switched off. The nft variant of iptables keeps it in nf_tables, where a
 * table can be {@code dormant}: it holds all its rules, iptables lists them all, and no packet meets them. Only nft shows
 * this, and only nft could have done it; a host without nft has no such table.
 */
final class DormantMangle {

    private DormantMangle() {}

    /** Returns one sentence when the table is switched off, otherwise none. */
    static List<String> differences(CommandRunner runner, Family family) throws HooksException {
        if (runner.find("nft").isEmpty()) {
            return List.of();
        }
        CommandResult listed = runner.run("nft", "list", "table", name(family), "mangle");
        boolean dormant = listed.succeeded()
                && NftListing.parse(listed.output()).settings().stream()
                        .anyMatch(setting -> setting.startsWith("flags ") && setting.contains("dormant"));
        return dormant
                ? List.of((family == Family.IPV4 ? "iptables" : "ip6tables")
                        + " mangle: the table is switched off (flags dormant)")
                : List.of();
    }

    /** Switches the table on again, which naming it without flags does. */
    static void wake(CommandRunner runner, Family family) throws HooksException {
        if (!differences(runner, family).isEmpty()) {
            runner.run("nft", "add", "table", name(family), "mangle").outputOrThrow();
        }
    }

    private static String name(Family family) {
        return family == Family.IPV4 ? "ip" : "ip6";
    }
}
