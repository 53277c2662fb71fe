package io.secgroupd.daemon.hooks;

import static io.secgroupd.daemon.hooks.Action.DROP;
import static io.secgroupd.daemon.hooks.Action.LEAVE;
import static io.secgroupd.daemon.hooks.Action.LEAVE_COUNTED;
import static io.secgroupd.daemon.hooks.Match.ANSWER;
import static io.secgroupd.daemon.hooks.Match.ESTABLISHED;
import static io.secgroupd.daemon.hooks.Match.INVALID;
import static io.secgroupd.daemon.hooks.Match.PORT_UNREACHABLE_6;
import static io.secgroupd.daemon.hooks.Match.PROHIBITED;
import static io.secgroupd.daemon.hooks.Match.PROHIBITED_6;
import static io.secgroupd.daemon.hooks.Match.RELATED;
import static io.secgroupd.daemon.hooks.Match.RELATED_UNCONFIRMED;
import static io.secgroupd.daemon.hooks.Match.RESET;
import static io.secgroupd.daemon.hooks.Match.UNTRACKED;
import static io.secgroupd.daemon.hooks.Match.aboutUdp;
import static io.secgroupd.daemon.hooks.Match.destination;
import static io.secgroupd.daemon.hooks.Match.hopLimit;
import static io.secgroupd.daemon.hooks.Match.icmpTypes;
import static io.secgroupd.daemon.hooks.Match.loopback;
import static io.secgroupd.daemon.hooks.Match.mark;
import static io.secgroupd.daemon.hooks.Match.source;
import static io.secgroupd.daemon.hooks.Match.systemAccount;
import static io.secgroupd.daemon.hooks.Match.udp;
import static io.secgroupd.rules.net.Family.IPV4;
import static io.secgroupd.rules.net.Family.IPV6;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that are in the kernel from start to stop, whatever the policy says. A reload never changes them, because
 * removing any hook drops every packet that waits in any queue of the namespace.
 *
 * @param chains one chain for each hook that is judged
 */
record Skeleton(List<Chain> chains) {

    /** The steps of one hook, in the order in which the kernel tries them. */
    record Chain(Hook hook, List<Step> steps) {

        /** The rules in the mangle table without their chain; a line that begins with {@code #} explains the next one. */
        List<String> iptables(Family family) {
            List<String> lines = new ArrayList<>();
            boolean queues = false;
            for (Step step : steps) {
                if (!queues && step.why().equals(CountedStep.QUEUED.why())) {
                    queues = true;
                    lines.addAll(List.of("# " + PassedChain.WHY, PassedChain.WAY_IN));
                }
                if (step.families().contains(family)) {
                    lines.add("# " + step.why());
                    lines.addAll(step.iptables());
                }
            }
            return lines;
        }

        /** The steps whose packets the kernel counts. */
        List<CountedStep> counted() {
            return Stream.of(CountedStep.values())
                    .filter(counted ->
                            steps.stream().anyMatch(step -> step.why().equals(counted.why())))
                    .toList();
        }
    }

    private static final String EVERYONE_ON_THE_LINK = "255.255.255.255/32";
    private static final String LINK_LOCAL = "fe80::/10";
    private static final String UNSPECIFIED = "::/128";
    private static final String ALL_DHCP_AGENTS = "ff02::1:2/128";

    static Skeleton of(SkeletonSettings settings) {
        return new Skeleton(Stream.of(Hook.values())
                .filter(settings.judged()::covers)
                .map(hook -> new Chain(hook, steps(hook, settings)))
                .toList());
    }

    private static List<Step> steps(Hook hook, SkeletonSettings settings) {
        List<Step> steps = new ArrayList<>(running(settings));
        if (hook != Hook.FORWARD) {
            steps.add(Step.of("loopback", LEAVE, loopback(hook)));
        }
        steps.addAll(neighbours());
        steps.addAll(dhcp(hook));
        steps.addAll(tracked(hook, settings));
        steps.addAll(queues(settings));
        return List.copyOf(steps);
    }

    /** These steps come first, because nearly all packets of a host end here and would pay for each rule before them. */
    private static List<Step> running(SkeletonSettings settings) {
        return Match.RUNNING.stream()
                .map(packets -> settings.cuts()
                        ? Step.of("running connections", LEAVE, packets, mark(settings.cutMark(), false))
                        : Step.of("running connections", LEAVE, packets))
                .toList();
    }

    /**
     * Neighbour discovery and multicast listener messages are UNTRACKED: no state rule sees them, and IPv6 dies within
     * seconds without them. Hop limit 255 proves that no router forwarded the packet, and so does a source that no router
     * forwards. Listener messages have such a source and hop limit 1 (RFC 3810, 5.1.14 and 5.2.13); without a check of both,
     * a distant sender could reach a guest with packets that nobody judges. A router never forwards either kind; they meet
     * FORWARD when a bridge hands its frames to netfilter, as container hosts do.
     */
    private static List<Step> neighbours() {
        return List.of(
                Step.only(
                        IPV6,
                        "neighbour discovery",
                        LEAVE,
                        icmpTypes(IPV6, List.of(133, 134, 135, 136)),
                        hopLimit(255)),
                Step.only(
                        IPV6,
                        "multicast listener",
                        LEAVE,
                        source(List.of(LINK_LOCAL, UNSPECIFIED)),
                        icmpTypes(IPV6, List.of(130, 131, 132, 143)),
                        hopLimit(1)));
    }

    /**
     * Lets the host's own DHCP client work, which a host needs before there is a daemon. Answers to its broadcasts belong to
     * no connection; they come from the link, since no router forwards to these addresses. Answers to a renewal belong to a
     * connection, which a host that lets nothing out must be able to open; RFC 2131 and RFC 8415 fix its ports. The check of
     * the account keeps a user from using this as a way out where everybody may use ports below 1024.
     */
    private static List<Step> dhcp(Hook hook) {
        String why = CountedStep.DHCP.why();
        return switch (hook) {
            case INPUT ->
                List.of(
                        Step.only(IPV4, why, LEAVE_COUNTED, destination(IPV4, EVERYONE_ON_THE_LINK), udp(67, 68)),
                        Step.only(
                                IPV6,
                                why,
                                LEAVE_COUNTED,
                                source(List.of(LINK_LOCAL)),
                                destination(IPV6, LINK_LOCAL),
                                udp(547, 546)));
            case OUTPUT ->
                List.of(
                        Step.only(IPV4, why, LEAVE_COUNTED, udp(68, 67), systemAccount()),
                        Step.only(
                                IPV6,
                                why,
                                LEAVE_COUNTED,
                                source(List.of(LINK_LOCAL)),
                                destination(IPV6, ALL_DHCP_AGENTS),
                                udp(546, 547),
                                systemAccount()));
            case FORWARD -> List.of();
        };
    }

    /**
     * RELATED is accepted only for ICMP errors, without which path MTU discovery stalls. A helper's expectation is RELATED
     * too, and a peer can make a helper expect any port; redirects are not errors. Both are judged like first packets.
     */
    private static List<Step> tracked(Hook hook, SkeletonSettings settings) {
        List<Step> steps = new ArrayList<>();
        if (settings.cuts()) {
            steps.add(Step.of(CountedStep.CUT.why(), DROP, ESTABLISHED, mark(settings.cutMark(), true)));
        }
        if (hook == Hook.OUTPUT) {
            steps.addAll(unaccepted(settings));
            steps.addAll(answers(settings));
        }
        steps.add(Step.only(
                IPV4, "errors about running connections", LEAVE, icmpTypes(IPV4, List.of(3, 11, 12)), RELATED));
        steps.add(Step.only(
                IPV6, "errors about running connections", LEAVE, icmpTypes(IPV6, List.of(1, 2, 3, 4)), RELATED));
        steps.add(Step.of(CountedStep.INVALID.why(), refusal(settings), INVALID));
        return steps;
    }

    /**
     * Refuses errors that would reveal a host that lets nothing in. The stack answers bad options before INPUT, and a
     * neighbour can send what looks like an answer of DHCPv6 when no client waits for one. Other errors about packets that
     * have not passed all chains yet come from the host's own rules, or are about routed packets.
     */
    private static List<Step> unaccepted(SkeletonSettings settings) {
        String why = CountedStep.UNACCEPTED.why();
        return List.of(
                Step.only(IPV4, why, refusal(settings), icmpTypes(IPV4, List.of(12)), RELATED_UNCONFIRMED),
                Step.only(IPV6, why, refusal(settings), icmpTypes(IPV6, List.of(4)), RELATED_UNCONFIRMED),
                Step.only(IPV6, why, refusal(settings), PORT_UNREACHABLE_6, aboutUdp(547, 546)));
    }

    /**
     * Lets the daemon's own answers to refused packets out. They belong to no connection, as none was let begin. The mark alone
     * would be a way out for whatever else gets it by a rule of another program; these kinds open nothing.
     */
    private static List<Step> answers(SkeletonSettings settings) {
        if (!settings.answers()) {
            return List.of();
        }
        String why = "answers to refused packets";
        return List.of(
                Step.of(why, LEAVE, RESET, ANSWER),
                Step.only(IPV4, why, LEAVE, PROHIBITED, ANSWER),
                Step.only(IPV6, why, LEAVE, PROHIBITED_6, ANSWER));
    }

    /** A host that only observes drops no packet. */
    private static Action refusal(SkeletonSettings settings) {
        return settings.observe() ? LEAVE_COUNTED : DROP;
    }

    /**
     * Packets that the host has taken out of connection tracking go to a separate queue, because nothing else tells user
     * space that a packet may be an answer.
     */
    private static List<Step> queues(SkeletonSettings settings) {
        int untracked = settings.untrackedQueue();
        boolean bypass = settings.opensWithoutListener();
        return List.of(
                Step.of(CountedStep.QUEUED.why(), Action.queue(untracked, untracked, bypass), UNTRACKED),
                Step.of(CountedStep.QUEUED.why(), Action.queue(settings.firstQueue(), settings.lastQueue(), bypass)));
    }
}
