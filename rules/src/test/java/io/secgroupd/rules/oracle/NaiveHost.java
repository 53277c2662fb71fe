package io.secgroupd.rules.oracle;

import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * WHAT THE RULES MEAN in secgroupd-rules(5) for one host, read aloud: who answers for either end of a flow at each hook. It shares
 * no code with the filter.
 *
 * @param carried      the instances of this host, its guests among them
 * @param hostInstance answers for what no carried instance lists
 * @param here         the addresses of its interfaces
 */
public record NaiveHost(
        Policy policy, NaiveEvaluator rules, List<Instance> carried, HostInstance hostInstance, Set<IpAddress> here) {

    /** A host that carries some of a policy's instances, has some of their addresses, and some that no instance lists. */
    public static NaiveHost of(Random random, Policy policy, List<IpAddress> strange) {
        var instances = new ArrayList<>(policy.instances().values());
        Collections.shuffle(instances, random);
        List<Instance> carried = List.copyOf(instances.subList(0, 1 + random.nextInt(instances.size())));
        var here = new HashSet<IpAddress>();
        carried.stream()
                .flatMap(instance -> instance.addresses().stream())
                .filter(address -> random.nextInt(3) > 0)
                .forEach(here::add);
        strange.stream().filter(address -> random.nextInt(3) == 0).forEach(here::add);
        HostInstance answers = switch (random.nextInt(4)) {
            case 0 -> HostInstance.Nobody.REFUSE;
            case 1 -> HostInstance.Nobody.OPEN;
            default -> new HostInstance.Named(carried.get(0));
        };
        return new NaiveHost(policy, new NaiveEvaluator(policy), carried, answers, here);
    }

    /** Direction, verdict, reason and rule of what decides at a hook, as one line. */
    public String judge(Hook hook, FlowTuple flow) {
        Optional<Instance> from = carriedAt(flow.source());
        Optional<Instance> to = carriedAt(flow.destination());
        if (isForged(hook, flow)) {
            return "ingress REJECT own-source";
        }
        Optional<String> sends = from.map(one -> half(one, Direction.EGRESS, flow));
        Optional<String> takes = to.map(one -> half(one, Direction.INGRESS, flow));
        return switch (hook) {
            case INPUT -> told(takes.orElseGet(() -> unlisted(Direction.INGRESS, flow)), sends);
            case OUTPUT -> told(sends.orElseGet(() -> unlisted(Direction.EGRESS, flow)), takes);
            case FORWARD ->
                sends.filter(NaiveHost::refuses).or(() -> takes).or(() -> sends).orElse("ingress ACCEPT no-instance");
        };
    }

    private boolean isForged(Hook hook, FlowTuple flow) {
        boolean toOne = isHere(flow.destination())
                || (flow.family() == Family.IPV6 && !flow.destination().isForMany());
        return hook != Hook.OUTPUT && isHere(flow.source()) && (hook == Hook.FORWARD || toOne);
    }

    /** Reports whether only these instances, by their names, refuse a flow at a hook, and at least one does. */
    public boolean refuseAlone(Set<String> names, Hook hook, FlowTuple flow) {
        Optional<String> sends = carriedAt(flow.source()).map(one -> half(one, Direction.EGRESS, flow));
        Optional<String> takes = carriedAt(flow.destination()).map(one -> half(one, Direction.INGRESS, flow));
        if (hook == Hook.INPUT) {
            takes = takes.or(() -> Optional.of(unlisted(Direction.INGRESS, flow)));
        } else if (hook == Hook.OUTPUT) {
            sends = sends.or(() -> Optional.of(unlisted(Direction.EGRESS, flow)));
        }
        List<String> refusing = Stream.concat(sends.stream(), takes.stream())
                .filter(NaiveHost::refuses)
                .map(half -> half.substring(half.lastIndexOf(' ') + 1))
                .toList();
        return !isForged(hook, flow) && !refusing.isEmpty() && names.containsAll(refusing);
    }

    /** The near half tells, unless it lets through what the far one refuses, or has nothing to say. */
    private static String told(String near, Optional<String> far) {
        if (refuses(near) || far.isEmpty()) {
            return near;
        }
        return refuses(far.get()) || near.endsWith("no-instance") ? far.get() : near;
    }

    private static boolean refuses(String half) {
        return half.contains(" REJECT ");
    }

    private String unlisted(Direction direction, FlowTuple flow) {
        if (hostInstance instanceof HostInstance.Named named) {
            return half(named.instance(), direction, flow);
        }
        return direction.word() + (hostInstance == HostInstance.Nobody.OPEN ? " ACCEPT" : " REJECT") + " no-instance";
    }

    private String half(Instance instance, Direction direction, FlowTuple flow) {
        return direction.word() + " " + rules.half(instance, direction, flow);
    }

    private Optional<Instance> carriedAt(IpAddress address) {
        return isLoopback(address)
                ? Optional.empty()
                : rules.instanceAt(address).filter(carried::contains);
    }

    private boolean isHere(IpAddress address) {
        return isLoopback(address) || here.contains(address);
    }

    private static boolean isLoopback(IpAddress address) {
        String text = address.toString();
        return text.startsWith("127.") || Objects.equals(text, "::1");
    }
}
