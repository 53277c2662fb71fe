package io.secgroupd.daemon.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The kernel parameters that matter, by their {@code sysctl} names, without those that this kernel lacks or hides.
 */
record Sysctls(Map<String, String> values) {

    static Sysctls read(Host host) {
        var values = new LinkedHashMap<String, String>();
        for (String name : new String[] {
            "net.netfilter.nf_conntrack_max",
            "net.netfilter.nf_conntrack_count",
            "net.netfilter.nf_conntrack_tcp_loose",
            "net.netfilter.nf_conntrack_tcp_be_liberal",
            "net.netfilter.nf_conntrack_helper",
            "net.bridge.bridge-nf-call-iptables",
            "net.ipv4.ip_unprivileged_port_start"
        }) {
            put(host, name, "proc/sys/" + name.replace('.', '/'), values);
        }
        for (String networkInterface : host.names("proc/sys/net/ipv4/conf")) {
            for (String name : new String[] {"route_localnet", "rp_filter"}) {
                put(
                        host,
                        "net.ipv4.conf." + networkInterface + "." + name,
                        "proc/sys/net/ipv4/conf/" + networkInterface + "/" + name,
                        values);
            }
        }
        return new Sysctls(values);
    }

    private static void put(Host host, String name, String path, Map<String, String> values) {
        host.read(path).ifPresent(value -> values.put(name, value.strip()));
    }

    boolean is(String name, String value) {
        return value.equals(values.get(name));
    }

    OptionalLong number(String name) {
        String value = values.getOrDefault(name, "");
        return value.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }
}
