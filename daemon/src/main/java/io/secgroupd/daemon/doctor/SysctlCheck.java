package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Checks for kernel parameters that make the rules less effective than they look. */
final class SysctlCheck {

    private static final String TOPIC = "sysctl";
    private static final long DHCP_CLIENT = 68;
    private static final String CONNTRACK = "net.netfilter.nf_conntrack_";

    private SysctlCheck() {}

    /** @param forward whether packets routed through this host are judged */
    static List<Finding> findings(Sysctls sysctls, boolean forward) {
        var findings = new ArrayList<Finding>();
        findings.add(connectionTable(sysctls));
        tracking(sysctls, findings);
        addresses(sysctls, findings);
        ports(sysctls, findings);
        bridges(sysctls, forward, findings);
        return findings;
    }

    private static Finding connectionTable(Sysctls sysctls) {
        OptionalLong max = sysctls.number(CONNTRACK + "max");
        OptionalLong count = sysctls.number(CONNTRACK + "count");
        if (max.isEmpty() || count.isEmpty()) {
            return Finding.note(
                    "conntrack", "connection tracking is not loaded; the hooks load it when they are installed");
        }
        long percent = max.getAsLong() == 0 ? 0 : count.getAsLong() * 100 / max.getAsLong();
        String filled = count.getAsLong() + " of " + max.getAsLong() + " connections tracked (" + percent + " %)";
        if (percent >= 80) {
            String consequence = ": a full table refuses new connections before secgroupd sees them";
            String next = "sysctl -w " + CONNTRACK + "max=" + max.getAsLong() * 2 + ", and the same in /etc/sysctl.d;"
                    + " conntrack -L shows who holds them";
            return percent >= 95
                    ? Finding.problem("conntrack", filled + consequence, next)
                    : Finding.warning("conntrack", filled + consequence, next);
        }
        return Finding.ok("conntrack", filled);
    }

    private static void tracking(Sysctls sysctls, List<Finding> findings) {
        if (sysctls.is(CONNTRACK + "tcp_loose", "0")) {
            findings.add(Finding.note(
                    TOPIC,
                    CONNTRACK + "tcp_loose = 0: after the table of connections is flushed, running ones die instead"
                            + " of being judged again (pickup in daemon.yaml has no effect)"));
        }
        if (sysctls.is(CONNTRACK + "tcp_be_liberal", "1")) {
            findings.add(Finding.warning(
                    TOPIC,
                    CONNTRACK + "tcp_be_liberal = 1: packets outside a connection's window count as part of it, so a"
                            + " stranger can reset it or write into it",
                    set(CONNTRACK + "tcp_be_liberal", "0")));
        }
        if (sysctls.is(CONNTRACK + "helper", "1")) {
            findings.add(Finding.warning(
                    TOPIC,
                    CONNTRACK + "helper = 1: what a peer writes into an FTP or SIP connection makes the kernel expect"
                            + " further ones; secgroupd judges those by the rules all the same",
                    set(CONNTRACK + "helper", "0")));
        }
    }

    private static void addresses(Sysctls sysctls, List<Finding> findings) {
        List<String> localnet = having(sysctls, "route_localnet", "1");
        if (!localnet.isEmpty()) {
            findings.add(Finding.warning(
                    TOPIC,
                    String.join(", ", localnet) + " = 1: packets from the network reach 127.0.0.0/8, where services"
                            + " trust whoever asks",
                    set(localnet.get(0), "0")));
        }
        boolean unchecked = !sysctls.values().isEmpty()
                && sysctls.is("net.ipv4.conf.all.rp_filter", "0")
                && having(sysctls, "rp_filter", "0").stream()
                        .anyMatch(name ->
                                !name.contains(".lo.") && !name.contains(".all.") && !name.contains(".default."));
        if (unchecked) {
            findings.add(Finding.note(
                    TOPIC,
                    "net.ipv4.conf.all.rp_filter = 0: a packet with a forged source address is judged by that address;"
                            + " no TCP connection can come of it, but a datagram arrives",
                    "sysctl -w net.ipv4.conf.all.rp_filter=2, unless something in front of this host checks sources"));
        }
    }

    /** With this setting, any user can use the exemption that the skeleton makes for root's DHCP client. */
    private static void ports(Sysctls sysctls, List<Finding> findings) {
        OptionalLong first = sysctls.number("net.ipv4.ip_unprivileged_port_start");
        if (first.isPresent() && first.getAsLong() <= DHCP_CLIENT) {
            findings.add(Finding.warning(
                    TOPIC,
                    "net.ipv4.ip_unprivileged_port_start = " + first.getAsLong()
                            + ": any user of this host can take the"
                            + " port of the DHCP client, 68, whose packets pass outside the rules",
                    set("net.ipv4.ip_unprivileged_port_start", "69 or more, such as 80 for a web server")));
        }
    }

    private static void bridges(Sysctls sysctls, boolean forward, List<Finding> findings) {
        if (forward && !sysctls.is("net.bridge.bridge-nf-call-iptables", "1")) {
            findings.add(Finding.note(
                    TOPIC,
                    "net.bridge.bridge-nf-call-iptables is not 1: guests on one bridge of this host reach each other"
                            + " unjudged; what is routed between bridges is judged",
                    "modprobe br_netfilter, if they should be judged too"));
        }
    }

    private static List<String> having(Sysctls sysctls, String parameter, String value) {
        return sysctls.values().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + parameter)
                        && entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String set(String name, String value) {
        return "sysctl -w " + name + "=" + value + ", and the same in /etc/sysctl.d";
    }
}
