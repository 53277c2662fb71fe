package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** The ends of questions: from text to a word of the policy, and from there to addresses. */
public final class Endpoints {

    private final Policy policy;
    private final Suggestions suggestions = new Suggestions();

    public Endpoints(Policy policy) {
        this.policy = policy;
    }

    /** The instance, the cluster or the address that {@code text} names. */
    public Endpoint parse(String text) throws UnknownEndpointException {
        if (policy.instances().containsKey(text)) {
            return new Endpoint.OfInstance(text);
        }
        if (policy.clusters().containsKey(text)) {
            return new Endpoint.OfCluster(text);
        }
        try {
            return new Endpoint.Address(AddressText.parseAddress(text));
        } catch (AddressSyntaxException e) {
            throw new UnknownEndpointException(refusal(text, e));
        }
    }

    private String refusal(String text, AddressSyntaxException syntax) {
        boolean address = text.indexOf(':') >= 0 || text.indexOf('/') >= 0 || text.matches("[0-9.]+");
        if (address) {
            return String.valueOf(syntax.getMessage());
        }
        return '"' + text + "\" is not an instance, a cluster or an address" + suggestion(text);
    }

    private String suggestion(String text) {
        String cluster = suggestions.hint(text, policy.clusters().keySet());
        return cluster.isEmpty() ? suggestions.hint(text, policy.instances().keySet()) : cluster;
    }

    /** Every address that an end stands for. */
    List<IpAddress> addresses(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Address address) {
            return List.of(address.address());
        }
        List<Instance> instances = instances(endpoint);
        if (instances.size() == 1) {
            return instances.get(0).addresses();
        }
        var all = new ArrayList<IpAddress>();
        instances.forEach(instance -> all.addAll(instance.addresses()));
        return all;
    }

    /** Reports whether an end has an instance whose addresses are those that its host reports. */
    boolean isRegistered(Endpoint endpoint) {
        return instances(endpoint).stream().anyMatch(Instance::registered);
    }

    private List<Instance> instances(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.OfInstance one) {
            Instance instance = policy.instances().get(one.name());
            return instance == null ? List.of() : List.of(instance);
        }
        if (endpoint instanceof Endpoint.OfCluster many) {
            Cluster cluster = policy.clusters().get(many.name());
            return cluster == null ? List.of() : members(cluster);
        }
        return List.of();
    }

    private List<Instance> members(Cluster cluster) {
        var members = new ArrayList<Instance>();
        for (String name : cluster.instances()) {
            Instance member = policy.instances().get(name);
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }
}
