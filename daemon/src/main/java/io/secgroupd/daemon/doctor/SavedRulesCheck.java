package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.List;

/** Finds rule files that are loaded at boot and contain our hooks, saved by somebody while the hooks were in place. */
final class SavedRulesCheck {

    private static final List<String> FILES = List.of(
            "etc/iptables/rules.v4",
            "etc/iptables/rules.v6",
            "etc/sysconfig/iptables",
            "etc/sysconfig/ip6tables",
            "etc/iptables/iptables.rules",
            "etc/iptables/ip6tables.rules",
            "etc/sysconfig/nftables.conf",
            "etc/nftables.conf");

    private SavedRulesCheck() {}

    static List<Finding> findings(Host host) {
        var findings = new ArrayList<Finding>();
        for (String file : FILES) {
            if (host.read(file).filter(SavedRulesCheck::holdsOurs).isPresent()) {
                findings.add(Finding.warning(
                        "saved",
                        "/" + file + " holds secgroupd's hooks: they come back at boot as they were when it was saved,"
                                + " and close the host while no daemon runs",
                        "take the SECGROUPD-* chains, the jumps to them and the table secgroupd out of that file; to save"
                                + " the rest: stop secgroupd, secgroupd hooks remove, save, start secgroupd"));
            }
        }
        return findings;
    }

    private static boolean holdsOurs(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .anyMatch(line -> line.contains("SECGROUPD-") || line.matches("(add )?table inet secgroupd\\b.*"));
    }
}
