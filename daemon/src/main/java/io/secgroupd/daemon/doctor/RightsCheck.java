package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks whether this user can see everything, and whether the service has only the rights that it needs. */
final class RightsCheck {

    private static final String TOPIC = "rights";

    private RightsCheck() {}

    /** @param legacyIptables whether the legacy variant of iptables holds the skeleton */
    static List<Finding> findings(
            Optional<ProcessRights> caller, Optional<ProcessRights> service, boolean legacyIptables) {
        var findings = new ArrayList<Finding>();
        if (caller.filter(ProcessRights::netAdmin).isEmpty()) {
            findings.add(Finding.note(
                    TOPIC,
                    "run without CAP_NET_ADMIN: neither the hooks nor other firewalls' rules can be seen",
                    "sudo secgroupd doctor"));
        }
        service.ifPresent(daemon -> findings.add(service(daemon, legacyIptables)));
        return findings;
    }

    private static Finding service(ProcessRights daemon, boolean legacyIptables) {
        String who = "the daemon (process " + daemon.pid() + ", user " + daemon.uid() + ")";
        if (!daemon.netAdmin()) {
            return Finding.problem(
                    TOPIC,
                    who + " lacks CAP_NET_ADMIN: it can neither restore its hooks nor open its queue again",
                    "AmbientCapabilities=CAP_NET_ADMIN in its unit, as the shipped one has");
        }
        if (legacyIptables && !daemon.netRaw()) {
            return Finding.problem(
                    TOPIC,
                    who + " lacks CAP_NET_RAW, without which the legacy variant of iptables does nothing",
                    "add CAP_NET_RAW to both capability lines of secgroupd.service and secgroupd-guard.service,"
                            + " or use the nft variant: update-alternatives --config iptables");
        }
        List<String> unneeded = daemon.unneeded();
        if (!unneeded.isEmpty()) {
            return Finding.note(
                    TOPIC,
                    who + " has more rights than it needs: " + few(unneeded),
                    "run it by the shipped secgroupd.service: a user of its own with CAP_NET_ADMIN alone");
        }
        return Finding.ok(
                TOPIC,
                who + " has CAP_NET_ADMIN and nothing more"
                        + (daemon.noNewPrivileges() ? ", and can gain nothing" : ""));
    }

    private static String few(List<String> names) {
        int shown = Math.min(3, names.size());
        return String.join(", ", names.subList(0, shown))
                + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
    }
}
