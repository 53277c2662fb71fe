package io.secgroupd.daemon.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Other programs that write netfilter rules, recognised by the names of their tables and chains. */
enum KnownFirewall {
    UFW("ufw", "ufw6?-.*"),
    FIREWALLD("firewalld", "firewalld|(IN|FWD[IO]|PRE|POST)_.*"),
    DOCKER("docker", "docker.*|DOCKER.*"),
    PODMAN("podman", "netavark|NETAVARK.*|CNI-.*"),
    LIBVIRT("libvirtd", "libvirt_network|LIBVIRT_.*"),
    FAIL2BAN("fail2ban", "f2b-.*"),
    CROWDSEC("crowdsec-firewall-bouncer", "crowdsec.*|CROWDSEC.*"),
    KUBERNETES("kubelet", "kube-proxy|KUBE-.*"),
    CALICO("calico", "calico|cali-.*"),
    TAILSCALE("tailscaled", "ts-.*"),
    OPENSNITCH("opensnitch", "opensnitch");

    /** Units that load the host's own rules, which no name of a table or chain gives away. */
    private static final List<String> RULE_LOADERS = List.of("nftables", "netfilter-persistent", "iptables");

    private final String unit;
    private final Pattern names;

    KnownFirewall(String unit, String names) {
        this.unit = unit;
        this.names = Pattern.compile(names);
    }

    String unit() {
        return unit;
    }

    boolean owns(String tableOrChain) {
        return names.matcher(tableOrChain).matches();
    }

    static List<KnownFirewall> ownersOf(String table, List<String> chains) {
        return Arrays.stream(values())
                .filter(known -> known.owns(table.replaceFirst("^inet ", ""))
                        || chains.stream().anyMatch(known::owns))
                .toList();
    }

    /** Every systemd unit whose state matters. */
    static List<String> units() {
        return Stream.concat(Arrays.stream(values()).map(KnownFirewall::unit), RULE_LOADERS.stream())
                .toList();
    }
}
