package io.secgroupd.daemon.judges;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.written.WrittenHost;
import io.secgroupd.rules.written.WrittenInstance;
import io.secgroupd.rules.written.WrittenPeer;
import io.secgroupd.rules.written.WrittenRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rules file as a ruleset of nftables. Its sets hold blocks of addresses by the texts of the file,
 * so that nft reads them by itself. A chain stands for one direction of one instance: a packet that it lets pass returns.
 */
final class NftPolicy {

    static final String TABLE = "inet allowed";

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final String EVERY_PORT = "0-65535";

    private final WrittenHost host;
    private final Hook hook;
    private final Map<List<String>, String> sets = new LinkedHashMap<>();
    private final StringBuilder chains = new StringBuilder();

    private NftPolicy(WrittenHost host, Hook hook) {
        this.host = host;
        this.hook = hook;
    }

    /** The ruleset of a host, where packets come in or are routed; an instance answers for its addresses that none lists. */
    static String of(WrittenHost host, Hook hook) {
        var policy = new NftPolicy(host, hook);
        for (String name : host.carried()) {
            policy.chain(name, Direction.EGRESS);
            policy.chain(name, Direction.INGRESS);
        }
        String entry = policy.entry();
        return "table " + TABLE + " {\n" + policy.setTexts() + policy.chains + entry + "}\n";
    }

    /** The chains are called by the place of the instance among those of the host. */
    private String chainOf(String instance, Direction direction) {
        return direction.word() + host.carried().indexOf(instance);
    }

    private void chain(String name, Direction direction) {
        WrittenInstance instance = host.policy().instance(name);
        chains.append("chain ").append(chainOf(name, direction)).append(" {\n");
        for (WrittenRule rule : host.policy().rules(instance, direction)) {
            if (rule.existsInIpv4()) {
                rule(rule, direction, Family.IPV4);
            }
            if (rule.existsInIpv6()) {
                rule(rule, direction, Family.IPV6);
            }
        }
        chains.append(instance.observes() ? "}\n" : "drop\n}\n");
    }

    private void rule(WrittenRule rule, Direction direction, Family family) {
        for (WrittenPeer peer : rule.peers()) {
            String addresses = addresses(peer, direction, family);
            for (String service : addresses.isEmpty() ? List.<String>of() : services(rule)) {
                chains.append(addresses).append(service).append(" return\n");
            }
        }
    }

    /** Empty when the peer has no address of this family. */
    private String addresses(WrittenPeer peer, Direction direction, Family family) {
        String end = (family == Family.IPV4 ? "ip " : "ip6 ") + (direction == Direction.INGRESS ? "saddr " : "daddr ");
        if (peer.isAny()) {
            return "meta nfproto " + (family == Family.IPV4 ? "ipv4" : "ipv6");
        }
        List<String> blocks = of(family, peer.blocks());
        List<String> except = of(family, peer.except());
        if (blocks.isEmpty()) {
            return "";
        }
        return end + "@" + set(blocks) + (except.isEmpty() ? "" : " " + end + "!= @" + set(except));
    }

    private static List<String> of(Family family, List<String> blocks) {
        return blocks.stream()
                .filter(block -> block.contains(":") == (family == Family.IPV6))
                .toList();
    }

    private String set(List<String> blocks) {
        return sets.computeIfAbsent(blocks, none -> "blocks" + sets.size());
    }

    private static List<String> services(WrittenRule rule) {
        return switch (rule.protocol()) {
            case -1 -> List.of("");
            case TCP -> ports(" tcp dport ", rule);
            case UDP -> ports(" udp dport ", rule);
            case 1 -> List.of(icmp("icmp", rule));
            case 58 -> List.of(icmp("icmpv6", rule));
            default -> List.of(" meta l4proto " + rule.protocol());
        };
    }

    private static List<String> ports(String match, WrittenRule rule) {
        return rule.portRanges().stream()
                .map(range -> {
                    int dash = range.indexOf('-');
                    boolean one = range.substring(0, dash).equals(range.substring(dash + 1));
                    return range.equals(EVERY_PORT)
                            ? " meta l4proto " + rule.protocol()
                            : match + (one ? range.substring(0, dash) : range);
                })
                .toList();
    }

    private static String icmp(String word, WrittenRule rule) {
        return " meta l4proto " + rule.protocol()
                + (rule.type() < 0 ? "" : " " + word + " type " + rule.type())
                + (rule.code() < 0 ? "" : " " + word + " code " + rule.code());
    }

    private String setTexts() {
        return sets.entrySet().stream()
                .map(set -> "set " + set.getValue() + " { type "
                        + (set.getKey().get(0).contains(":") ? "ipv6_addr" : "ipv4_addr")
                        + "; flags interval; auto-merge; elements = { " + String.join(", ", set.getKey()) + " }; }\n")
                .collect(Collectors.joining());
    }

    /** The kernel drops an own source by itself in IPv4. */
    private String entry() {
        List<String> own6 = host.here().stream()
                .map(IpAddress::toString)
                .filter(text -> text.contains(":"))
                .toList();
        return "chain entry {\ntype filter hook " + hook.word() + " priority mangle; policy accept;\n"
                + "iifname \"lo\" accept\n"
                + (own6.isEmpty() ? "" : "ip6 saddr { " + String.join(", ", own6) + " } drop\n")
                + jumps("saddr", Direction.EGRESS, listed())
                + jumps("daddr", Direction.INGRESS, local())
                + "}\n";
    }

    /** Each address that a carried instance lists, with the name of that instance. */
    private Map<String, String> listed() {
        Map<String, String> listed = new LinkedHashMap<>();
        for (String name : host.carried()) {
            host.policy().instance(name).addresses().forEach(address -> listed.put(address, name));
        }
        return listed;
    }

    /** Each address of the host, with the name of the instance that answers for it. */
    private Map<String, String> local() {
        Map<String, String> local = new LinkedHashMap<>(listed());
        for (IpAddress address : host.here()) {
            boolean isListed = host.policy()
                    .at(address)
                    .filter(instance -> host.carried().contains(instance.name()))
                    .isPresent();
            if (!isListed) {
                local.put(address.toString(), host.answers());
            }
        }
        return local;
    }

    private String jumps(String end, Direction direction, Map<String, String> byAddress) {
        var text = new StringBuilder();
        for (Family family : Family.values()) {
            List<String> elements = new ArrayList<>();
            of(family, List.copyOf(byAddress.keySet()))
                    .forEach(address -> elements.add(
                            address + " : jump " + chainOf(byAddress.getOrDefault(address, ""), direction)));
            if (!elements.isEmpty()) {
                text.append(family == Family.IPV4 ? "ip " : "ip6 ")
                        .append(end)
                        .append(" vmap { ")
                        .append(String.join(", ", elements))
                        .append(" }\n");
            }
        }
        return text.toString();
    }
}
