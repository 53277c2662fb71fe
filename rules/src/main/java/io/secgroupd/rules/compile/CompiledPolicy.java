package io.secgroupd.rules.compile;

import io.secgroupd.rules.decide.CarriedInstance;
import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy with everything that is needed to decide. An instance is compiled when it is first asked for, since a host
 * carries a few of perhaps ten thousand. For use by one thread.
 */
public final class CompiledPolicy {

    /** The size in bytes up to which tables are kept; beyond it they are made anew. */
    private static final long KEPT_BYTES = 4L << 20;

    /** Estimates: a rule in the list of a table and in its selectors, a range with its index, and a table's 256 protocols. */
    private static final long BYTES_RULE = 12;

    private static final long BYTES_RANGE = 16;
    private static final long BYTES_TABLE = 2048;

    private final Policy policy;
    private final PeerResolver peers;
    private RuleTableCompiler tableCompiler;
    private long kept;
    /** Keyed by the groups in their order, as one text: lists of ids with equal hashes would be compared one by one. */
    private final Map<Direction, Map<String, RuleTable>> tables = new EnumMap<>(Direction.class);

    private final Map<String, InstanceFilter> filters = new HashMap<>();
    private final Map<IpAddress, Instance> byAddress = new HashMap<>();

    private CompiledPolicy(Policy policy) {
        this.policy = policy;
        this.peers = new PeerResolver(policy);
        this.tableCompiler = new RuleTableCompiler(peers);
        for (Instance instance : policy.instances().values()) {
            instance.addresses().forEach(address -> byAddress.put(address, instance));
        }
    }

    public static CompiledPolicy of(Policy policy) {
        return new CompiledPolicy(policy);
    }

    public Policy policy() {
        return policy;
    }

    /** The instance that lists this address. */
    public Optional<Instance> instanceAt(IpAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** The addresses of a peer of a rule. */
    public AddressSet addressesOf(Peer peer) {
        return peers.addressesOf(peer);
    }

    /** The addresses that a rule matches: those of its peer, in the families of its protocol. Equal peers give the same object. */
    public AddressSet peersOf(Rule rule) {
        return peers.peersOf(rule).addresses();
    }

    /** The compiled rules of an instance of the policy. */
    public InstanceFilter filterOf(Instance instance) {
        return filters.computeIfAbsent(
                instance.name(),
                name -> new InstanceFilter(
                        name,
                        instance.securityGroups(),
                        policy.modeOf(instance).observes(),
                        tableOf(instance, Direction.INGRESS),
                        tableOf(instance, Direction.EGRESS)));
    }

    private RuleTable tableOf(Instance instance, Direction direction) {
        return tables.computeIfAbsent(direction, none -> new HashMap<>())
                .computeIfAbsent(
                        String.join(" ", instance.securityGroups()),
                        groups -> counted(tableCompiler.compile(rulesOf(instance.securityGroups(), direction))));
    }

    private RuleTable counted(RuleTable table) {
        kept += BYTES_TABLE + BYTES_RULE * table.rules().size() + BYTES_RANGE * table.ranges();
        return table;
    }

    /**
     * Forgets the tables that were made so far when they take much. Instances can have the same groups in any order, each
     * with a table of its own: a small file of such instances and a test of each would fill any heap.
     */
    public void forgetMany() {
        if (kept > KEPT_BYTES) {
            filters.clear();
            tables.clear();
            tableCompiler = new RuleTableCompiler(peers);
            kept = 0;
        }
    }

    /** Groups in the order in which the instance lists them, rules in file order: the first that matches is named. */
    private List<Rule> rulesOf(List<String> groups, Direction direction) {
        var rules = new ArrayList<Rule>();
        for (String id : groups) {
            SecurityGroup group = policy.securityGroups().get(id);
            if (group != null) {
                rules.addAll(group.rules(direction));
            }
        }
        return rules;
    }

    /**
     * The filter of a host that carries these instances.
     *
     * @param hostInstance how the host's addresses that none of them lists are judged
     * @param here         the addresses of the host's interfaces
     */
    public PacketFilter packetFilter(
            Collection<Instance> carried, HostInstance hostInstance, Collection<IpAddress> here) {
        List<CarriedInstance> instances = carried.stream()
                .map(instance -> new CarriedInstance(filterOf(instance), instance.addresses()))
                .toList();
        return new PacketFilter(answerOf(hostInstance), instances, here);
    }

    /** How a host judges its addresses that none of its instances lists. */
    public HostAnswer answerOf(HostInstance hostInstance) {
        if (hostInstance instanceof HostInstance.Named named) {
            return HostAnswer.of(filterOf(named.instance()));
        }
        return hostInstance == HostInstance.Nobody.OPEN ? HostAnswer.OPEN : HostAnswer.REFUSE;
    }
}
