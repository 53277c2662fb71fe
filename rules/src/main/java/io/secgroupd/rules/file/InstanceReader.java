package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Limits;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code instances} and {@code clusters}. */
final class InstanceReader {

    private static final Set<String> INSTANCE_KEYS = Set.of("addresses", "security_groups", "tags");
    private static final Set<String> CLUSTER_KEYS = Set.of("security_groups", "instances", "tags", "port", "engine");

    private final References references;
    private final Limits limits;
    private final Room room;
    private final Map<String, Location> names = new HashMap<>();
    private final Map<IpAddress, Owner> owners = new HashMap<>();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    /** The instance that an address belongs to. */
    private record Owner(String instance, Location at) {}

    InstanceReader(References references, Limits limits, Room room) {
        this.references = references;
        this.limits = limits;
        this.room = room;
    }

    void read(List<Value.NamedValue> instanceEntries, List<Value.NamedValue> clusterEntries) {
        instanceEntries.forEach(this::instance);
        clusterEntries.forEach(this::cluster);
    }

    /** Reports whether something has this name, even when it could not be read. */
    boolean isNamed(String name) {
        return names.containsKey(name);
    }

    Set<String> names() {
        return names.keySet();
    }

    Map<String, Instance> instances() {
        return instances;
    }

    Map<String, Cluster> clusters() {
        return clusters;
    }

    private void instance(Value.NamedValue entry) {
        checkName(entry);
        entry.value().fields(INSTANCE_KEYS).ifPresent(fields -> {
            List<IpAddress> addresses = addresses(fields, entry.key());
            List<String> groups = groups(fields);
            add(new Instance(entry.key(), addresses, groups, Optional.empty(), TagsReader.read(fields), entry.at()));
        });
    }

    private void cluster(Value.NamedValue entry) {
        checkName(entry);
        entry.value().fields(CLUSTER_KEYS).ifPresent(fields -> {
            List<String> groups = groups(fields);
            var members = new ArrayList<String>();
            for (Value.NamedValue member :
                    fields.optional("instances").flatMap(Value::entries).orElse(List.of())) {
                checkName(member);
                members.add(member.key());
                member(member, groups, entry.key());
            }
            clusters.put(
                    entry.key(),
                    new Cluster(
                            entry.key(),
                            groups,
                            members,
                            TagsReader.read(fields),
                            fields.optional("port")
                                    .map(port -> port.integer(1, PortRange.MAX_PORT))
                                    .orElse(OptionalInt.empty()),
                            fields.optional("engine").flatMap(Value::label).orElse(""),
                            entry.at()));
        });
    }

    private void member(Value.NamedValue entry, List<String> groups, String cluster) {
        Optional<Fields> fields = entry.value().fields(INSTANCE_KEYS);
        fields.flatMap(f -> f.optional("security_groups"))
                .ifPresent(
                        value -> value.error("an instance of a cluster has the cluster's groups; set them at clusters."
                                + cluster + ".security_groups"));
        fields.flatMap(f -> f.optional("tags"))
                .ifPresent(value -> value.error(
                        "an instance of a cluster has no tags of its own; set them at clusters." + cluster + ".tags"));
        List<IpAddress> addresses = fields.map(f -> addresses(f, entry.key())).orElse(List.of());
        add(new Instance(entry.key(), addresses, groups, Optional.of(cluster), Map.of(), entry.at()));
    }

    private void add(Instance instance) {
        if (room.takeAddresses(
                instance.addresses(),
                instance.securityGroups().size(),
                instance.at(),
                "instances." + instance.name())) {
            instances.put(instance.name(), instance);
        }
    }

    /** Names are unique over instances, instances of clusters, and clusters. */
    private void checkName(Value.NamedValue entry) {
        Ids.problemOfName(entry.key()).ifPresent(entry::error);
        Location first = names.putIfAbsent(entry.key(), entry.at());
        if (first != null) {
            entry.error("the name " + Quote.of(entry.key()) + " is taken at " + first + "; write another");
        }
    }

    private List<IpAddress> addresses(Fields fields, String instance) {
        var addresses = new ArrayList<IpAddress>();
        for (Value item : fields.optional("addresses").flatMap(Value::items).orElse(List.of())) {
            AddressReader.address(item)
                    .filter(address -> isFree(address, item, instance))
                    .ifPresent(addresses::add);
        }
        return addresses;
    }

    private boolean isFree(IpAddress address, Value item, String instance) {
        Owner owner = owners.putIfAbsent(address, new Owner(instance, item.at()));
        if (owner != null) {
            item.error(address + " belongs to " + owner.instance() + " at " + owner.at()
                    + " already; an address has one instance");
        }
        return owner == null;
    }

    private List<String> groups(Fields fields) {
        Optional<Value> value = fields.optional("security_groups");
        var groups = new LinkedHashSet<String>();
        List<Value> items = value.flatMap(Value::items).orElse(List.of());
        for (Value item : items) {
            item.text().filter(id -> references.checkGroup(id, item)).ifPresent(id -> {
                if (!groups.add(id)) {
                    item.warning(Quote.of(id) + " is already in this list; remove one");
                }
            });
        }
        int limit = limits.securityGroupsPerInstance();
        if (groups.size() > limit) {
            value.orElseThrow()
                    .error(groups.size() + " security groups, and the limit is " + limit
                            + "; merge groups, or raise limits.security_groups_per_instance");
        }
        return List.copyOf(groups);
    }
}
