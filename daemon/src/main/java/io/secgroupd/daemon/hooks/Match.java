package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One condition of a step, in the words of both backends side by side. */
sealed interface Match {

    /** The condition as iptables spells it when it prints a rule. Several texts are alternatives: each becomes a rule. */
    List<String> iptables();

    /** The condition as nft spells it. */
    String nft();

    record Loopback(Hook hook) implements Match {
        @Override
        public List<String> iptables() {
            return List.of((hook == Hook.OUTPUT ? "-o" : "-i") + " lo");
        }

        @Override
        public String nft() {
            return (hook == Hook.OUTPUT ? "oifname" : "iifname") + " lo";
        }
    }

    record Source(String prefix6) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-s " + prefix6);
        }

        @Override
        public String nft() {
            return "ip6 saddr " + prefix6;
        }
    }

    record Destination(String prefix6) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-d " + prefix6);
        }

        @Override
        public String nft() {
            return "ip6 daddr " + prefix6;
        }
    }

    record Udp(int sourcePort, int destinationPort) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-p udp -m udp --sport " + sourcePort + " --dport " + destinationPort);
        }

        @Override
        public String nft() {
            return "udp sport " + sourcePort + " udp dport " + destinationPort;
        }
    }

    record IcmpTypes(Family family, List<Integer> types) implements Match {
        @Override
        public List<String> iptables() {
            String words =
                    family == Family.IPV4 ? "-p icmp -m icmp --icmp-type " : "-p ipv6-icmp -m icmp6 --icmpv6-type ";
            return types.stream().map(type -> words + type).toList();
        }

        @Override
        public String nft() {
            String word = family == Family.IPV4 ? "icmp" : "icmpv6";
            return types.stream().map(String::valueOf).collect(Collectors.joining(", ", word + " type { ", " }"));
        }
    }

    record HopLimit(int hops) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-m hl --hl-eq " + hops);
        }

        @Override
        public String nft() {
            return "ip6 hoplimit " + hops;
        }
    }

    enum State implements Match {
        ESTABLISHED,
        RELATED,
        INVALID;

        @Override
        public List<String> iptables() {
            return List.of("-m conntrack --ctstate " + name());
        }

        @Override
        public String nft() {
            return "ct state " + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the connection carries the bit in its mark, or lacks it. */
    record Mark(int bit, boolean carried) implements Match {
        @Override
        public List<String> iptables() {
            String hex = "0x" + Integer.toHexString(bit);
            return List.of("-m connmark " + (carried ? "" : "! ") + "--mark " + hex + "/" + hex);
        }

        @Override
        public String nft() {
            return "ct mark & 0x" + Integer.toHexString(bit) + (carried ? " != 0" : " == 0");
        }
    }
}
