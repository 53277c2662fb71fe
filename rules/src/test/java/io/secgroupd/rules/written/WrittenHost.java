package io.secgroupd.rules.written;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A host and the instances that it is: a packet passes when each of those that have to do with it lets it.
 *
 * @param carried the names of its instances
 * @param answers the name of the instance that answers for what none of them lists; {@code refuse} and {@code open} are nobody
 * @param here    the addresses of its interfaces
 */
public record WrittenHost(WrittenPolicy policy, List<String> carried, String answers, Set<IpAddress> here) {

    public static final String REFUSE = "refuse";
    public static final String OPEN = "open";

    /** Whether the packet that opens a flow passes where it meets this host. */
    public boolean passes(Hook hook, FlowTuple flow) {
        if (isForged(hook, flow)) {
            return false;
        }
        return mayPass(Direction.EGRESS, flow.source(), hook == Hook.OUTPUT, flow)
                && mayPass(Direction.INGRESS, flow.destination(), hook == Hook.INPUT, flow);
    }

    /** @param local whether this end is this host, whoever lists the address */
    private boolean mayPass(Direction direction, IpAddress end, boolean local, FlowTuple flow) {
        Optional<WrittenInstance> listed = carried.stream()
                .map(policy::instance)
                .filter(instance -> !isLoopback(end) && policy.isOf(instance, end))
                .findFirst();
        if (listed.isPresent()) {
            return lets(listed.get(), direction, flow);
        }
        if (!local || answers.equals(OPEN)) {
            return true;
        }
        return !answers.equals(REFUSE) && lets(policy.instance(answers), direction, flow);
    }

    private boolean lets(WrittenInstance instance, Direction direction, FlowTuple flow) {
        return instance.observes() || policy.half(instance, direction, flow).startsWith("ACCEPT");
    }

    /** What comes from elsewhere, or is routed, has no source of this host's, unless a group of hosts is spoken to. */
    private boolean isForged(Hook hook, FlowTuple flow) {
        if (hook == Hook.OUTPUT || !isHere(flow.source())) {
            return false;
        }
        String destination = BitRange.bits(flow.destination().toBytes());
        boolean oneReceiver6 = destination.length() == 128 && !destination.startsWith("11111111");
        return hook == Hook.FORWARD || oneReceiver6 || isHere(flow.destination());
    }

    private boolean isHere(IpAddress address) {
        return isLoopback(address) || here.contains(address);
    }

    private static boolean isLoopback(IpAddress address) {
        String text = address.toString();
        return text.startsWith("127.") || "::1".equals(text);
    }
}
