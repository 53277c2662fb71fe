package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether the mangle table of iptables is switched off. The nft variant of iptables keeps it in nf_tables, where a
 * table can be {@code dormant}: it holds all its rules, iptables lists them all, and no packet meets them. Only nft shows
 * this, and only nft could have done it; a host without nft has no such table.
 */
final class DormantMangle {

    private DormantMangle() {}

    /** Returns one sentence when the table is switched off, otherwise none. */
    static List<String> differences(CommandRunner runner, Family family) throws HooksException {
        return isDormant(runner, family)
                ? List.of((family == Family.IPV4 ? "iptables" : "ip6tables")
                        + " mangle: the table is switched off (flags dormant)")
                : List.of();
    }

    private static boolean isDormant(CommandRunner runner, Family family) throws HooksException {
        Optional<KernelTables> known = runner.tables();
        if (known.isPresent()) {
            return known.get().isDormant(table(family));
        }
        if (runner.find("nft").isEmpty()) {
            return false;
        }
        CommandResult listed = runner.run("nft", "list", "table", name(family), "mangle");
        return listed.succeeded()
                && NftListing.parse(listed.output()).settings().stream()
                        .anyMatch(setting -> setting.startsWith("flags ") && setting.contains("dormant"));
    }

    /** Switches the table on again, which naming it without flags does. */
    static void wake(CommandRunner runner, Family family) throws HooksException {
        if (!differences(runner, family).isEmpty()) {
            runner.run("nft", "add", "table", name(family), "mangle").outputOrThrow();
        }
    }

    /** The table in which the nft variant of iptables keeps its mangle table, in nft's words. */
    static String table(Family family) {
        return name(family) + " mangle";
    }

    private static String name(Family family) {
        return family == Family.IPV4 ? "ip" : "ip6";
    }
}
