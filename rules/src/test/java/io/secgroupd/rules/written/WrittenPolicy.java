package io.secgroupd.rules.written;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a rules file says at one instant, by its own words. */
public final class WrittenPolicy {

    private final Map<String, WrittenInstance> instances;
    private final Map<String, List<WrittenRule>> inbound;
    private final Map<String, List<WrittenRule>> outbound;
    private final Map<String, WrittenInstance> byAddress = new HashMap<>();

    WrittenPolicy(
            Map<String, WrittenInstance> instances,
            Map<String, List<WrittenRule>> inbound,
            Map<String, List<WrittenRule>> outbound) {
        this.instances = instances;
        this.inbound = inbound;
        this.outbound = outbound;
        instances
                .values()
                .forEach(instance ->
                        instance.addresses().forEach(address -> byAddress.put(BitRange.bits(address), instance)));
    }

    /** The instance of this name, which there must be. */
    public WrittenInstance instance(String name) {
        WrittenInstance instance = instances.get(name);
        if (instance == null) {
            throw new IllegalArgumentException("no instance " + name + " among " + instances.keySet());
        }
        return instance;
    }

    /** The instance that lists an address. */
    public Optional<WrittenInstance> at(IpAddress address) {
        return Optional.ofNullable(byAddress.get(BitRange.bits(address.toBytes())));
    }

    /** Whether an instance lists this. */
    boolean isOf(WrittenInstance instance, IpAddress address) {
        return at(address).filter(instance::equals).isPresent();
    }

    /** The rules of an instance, in the order in which the first that matches is named. */
    public List<WrittenRule> rules(WrittenInstance instance, Direction direction) {
        Map<String, List<WrittenRule>> byGroup = direction == Direction.INGRESS ? inbound : outbound;
        return instance.groups().stream()
                .flatMap(group -> byGroup.getOrDefault(group, List.of()).stream())
                .toList();
    }

    /** What the rules of an instance say, whether it observes or not: {@code ACCEPT sg-web r17}, or {@code REJECT}. */
    public String half(WrittenInstance instance, Direction direction, FlowTuple flow) {
        IpAddress peer = direction == Direction.INGRESS ? flow.source() : flow.destination();
        String bits = BitRange.bits(peer.toBytes());
        return rules(instance, direction).stream()
                .filter(rule -> rule.matches(flow, bits))
                .findFirst()
                .map(rule -> "ACCEPT " + rule.group() + " " + rule.name())
                .orElse("REJECT");
    }
}
