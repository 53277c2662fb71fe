package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import java.util.List;
import java.util.stream.Collectors;

/** One condition of a step, in the syntax of both backends. */
interface Match {

    /** The condition as iptables spells it when it prints a rule. If there are several texts, each becomes a rule. */
    List<String> iptables();

    /** The condition as nft spells it. */
    String nft();

    /** The part of the condition that an operator can set. It becomes part of a comment, as {@link Action#detail} does. */
    default String detail() {
        return "";
    }

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

    record Source(List<String> prefixes6) implements Match {
        @Override
        public List<String> iptables() {
            return prefixes6.stream().map(prefix -> "-s " + prefix).toList();
        }

        @Override
        public String nft() {
            return prefixes6.size() == 1
                    ? "ip6 saddr " + prefixes6.get(0)
                    : prefixes6.stream().collect(Collectors.joining(", ", "ip6 saddr { ", " }"));
        }
    }

    record Destination(Family family, String prefix) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-d " + prefix);
        }

        @Override
        public String nft() {
            return (family == Family.IPV4 ? "ip daddr " : "ip6 daddr ") + prefix;
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

    /** The packet was sent by a socket of root or of a system account: no ordinary user has a number below 1000. */
    record SystemAccount() implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-m owner --uid-owner " + SystemAccounts.RANGE);
        }

        @Override
        public String nft() {
            return "meta skuid " + SystemAccounts.RANGE;
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
            if (types.size() == 1) {
                return word + " type " + types.get(0);
            }
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

    record PortUnreachable6() implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-p ipv6-icmp -m icmp6 --icmpv6-type 1/4");
        }

        @Override
        public String nft() {
            return "icmpv6 type 1 icmpv6 code 4";
        }
    }

    /** The packet is an error about a datagram between these ports. */
    record AboutUdp(int sourcePort, int destinationPort) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-m conntrack --ctstate RELATED --ctproto 17 --ctorigsrcport " + sourcePort
                    + " --ctorigdstport " + destinationPort);
        }

        @Override
        public String nft() {
            return "ct state related ct protocol 17 ct original proto-src " + sourcePort + " ct original proto-dst "
                    + destinationPort;
        }
    }

    enum State implements Match {
        RELATED("--ctstate RELATED", "ct state related"),
        /** The packet is an error about one that has not passed all chains: the stack answers some packets before INPUT. */
        RELATED_UNCONFIRMED("--ctstate RELATED ! --ctstatus CONFIRMED", "ct state related ct status & confirmed == 0"),
        ESTABLISHED("--ctstate ESTABLISHED", "ct state established"),
        INVALID("--ctstate INVALID", "ct state invalid"),
        UNTRACKED("--ctstate UNTRACKED", "ct state untracked");

        private final String iptables;
        private final String nft;

        State(String iptables, String nft) {
            this.iptables = "-m conntrack " + iptables;
            this.nft = nft;
        }

        @Override
        public List<String> iptables() {
            return List.of(iptables);
        }

        @Override
        public String nft() {
            return nft;
        }
    }

    /** The connection carries the bit in its mark, or lacks it. */
    record Mark(int bit, boolean carried) implements Match {
        @Override
        public List<String> iptables() {
            return List.of("-m connmark " + (carried ? "" : "! ") + "--mark " + hex() + "/" + hex());
        }

        @Override
        public String nft() {
            return "ct mark & " + hex() + (carried ? " != 0" : " == 0");
        }

        @Override
        public String detail() {
            return carried ? " (mark " + hex() + ")" : " (without mark " + hex() + ")";
        }

        private String hex() {
            return "0x" + Integer.toHexString(bit);
        }
    }
}
