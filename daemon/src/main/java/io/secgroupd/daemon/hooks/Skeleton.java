package io.secgroupd.daemon.hooks;

import static io.secgroupd.daemon.hooks.Action.Verdict.DROP;
import static io.secgroupd.daemon.hooks.Action.Verdict.LEAVE;
import static io.secgroupd.daemon.hooks.Match.State.ESTABLISHED;
import static io.secgroupd.daemon.hooks.Match.State.INVALID;
import static io.secgroupd.daemon.hooks.Match.State.RELATED;
import static io.secgroupd.rules.net.Family.IPV4;
import static io.secgroupd.rules.net.Family.IPV6;

import io.secgroupd.daemon.hooks.Match.Destination;
import io.secgroupd.daemon.hooks.Match.HopLimit;
import io.secgroupd.daemon.hooks.Match.IcmpTypes;
import io.secgroupd.daemon.hooks.Match.Loopback;
import io.secgroupd.daemon.hooks.Match.Mark;
import io.secgroupd.daemon.hooks.Match.Source;
import io.secgroupd.daemon.hooks.Match.Udp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that stand in the kernel from start to stop, whatever the policy says. They are never changed by a reload:
 * removing any hook drops every packet that waits in any queue of the namespace.
 *
 * @param chains one for each hook that is judged
 */
record Skeleton(List<Chain> chains) {

    /** The steps of one hook, in the order in which the kernel tries them. */
    record Chain(Hook hook, List<Step> steps) {}

    private static final String LINK_LOCAL = "fe80::/10";
    private static final String ALL_DHCP_AGENTS = "ff02::1:2/128";

    static Skeleton of(SkeletonSettings settings) {
        return new Skeleton(Stream.of(Hook.values())
                .filter(settings::covers)
                .map(hook -> new Chain(hook, steps(hook, settings)))
                .toList());
    }

    private static List<Step> steps(Hook hook, SkeletonSettings settings) {
        List<Step> steps = new ArrayList<>();
        steps.add(running(settings));
        if (hook != Hook.FORWARD) {
            steps.add(Step.of("loopback", LEAVE, new Loopback(hook)));
        }
        steps.addAll(neighbours());
        steps.addAll(dhcp(hook));
        steps.addAll(tracked(settings));
        steps.add(Step.of(CountedStep.QUEUED.why(), queue(settings)));
        return List.copyOf(steps);
    }

    /** First, because all but a few packets of a host end here: a rule in front of it is paid for by each of them. */
    private static Step running(SkeletonSettings settings) {
        return Step.of("running connections", LEAVE, ESTABLISHED, new Mark(settings.cutMark(), false));
    }

    /**
     * Neighbour discovery and multicast listener messages are UNTRACKED: no state rule sees them, and IPv6 dies within
     * seconds without them. Hop limit 255 proves that no router forwarded the packet. A router never forwards them; they
     * meet FORWARD when a bridge hands its frames to netfilter, as container hosts do.
     */
    private static List<Step> neighbours() {
        return List.of(
                Step.only(
                        IPV6,
                        "neighbour discovery",
                        LEAVE,
                        new IcmpTypes(IPV6, List.of(133, 134, 135, 136)),
                        new HopLimit(255)),
                Step.only(IPV6, "multicast listener", LEAVE, new IcmpTypes(IPV6, List.of(130, 131, 132, 143))));
    }

    /**
     * The host's own DHCP client. The answer to a broadcast matches no connection, so it would be a first packet; and a host
     * whose groups allow nothing out would lose its address at the next renewal. Both ports are fixed by RFC 2131 and
     * RFC 8415 and privileged, so nobody but root gains a way out. DHCPv6 stays on the link in both directions.
     */
    private static List<Step> dhcp(Hook hook) {
        return switch (hook) {
            case INPUT ->
                List.of(
                        Step.only(IPV4, "DHCP answers", LEAVE, new Udp(67, 68)),
                        Step.only(
                                IPV6,
                                "DHCPv6 answers",
                                LEAVE,
                                new Source(LINK_LOCAL),
                                new Destination(LINK_LOCAL),
                                new Udp(547, 546)));
            case OUTPUT ->
                List.of(
                        Step.only(IPV4, "DHCP requests", LEAVE, new Udp(68, 67)),
                        Step.only(
                                IPV6,
                                "DHCPv6 requests",
                                LEAVE,
                                new Source(LINK_LOCAL),
                                new Destination(ALL_DHCP_AGENTS),
                                new Udp(546, 547)));
            case FORWARD -> List.of();
        };
    }

    /**
     * RELATED is accepted for ICMP errors alone, without which path MTU discovery stalls. A helper's expectation is RELATED
     * too, and a peer can make a helper expect any port; redirects are no errors: both are judged like first packets.
     */
    private static List<Step> tracked(SkeletonSettings settings) {
        return List.of(
                Step.of(CountedStep.CUT.why(), DROP, ESTABLISHED, new Mark(settings.cutMark(), true)),
                Step.only(
                        IPV4,
                        "errors about running connections",
                        LEAVE,
                        new IcmpTypes(IPV4, List.of(3, 11, 12)),
                        RELATED),
                Step.only(
                        IPV6,
                        "errors about running connections",
                        LEAVE,
                        new IcmpTypes(IPV6, List.of(1, 2, 3, 4)),
                        RELATED),
                Step.of(CountedStep.INVALID.why(), DROP, INVALID));
    }

    private static Action queue(SkeletonSettings settings) {
        return new Action.Queue(settings.firstQueue(), settings.lastQueue(), settings.bypass());
    }
}
