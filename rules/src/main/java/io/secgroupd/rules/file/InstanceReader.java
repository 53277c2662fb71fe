package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
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

    private static final Set<String> INSTANCE_KEYS = Set.of("addresses", "security_groups", ModeReader.KEY, "tags");
    private static final Set<String> CLUSTER_KEYS =
            Set.of("security_groups", "instances", ModeReader.KEY, "tags", "port", "engine");

    private final References references;
    private final Limits limits;
    private final RegisteredReader registered;
    private final Room room;
    private final Map<String, Location> names = new HashMap<>();
    private final Map<IpAddress, Owner> owners = new HashMap<>();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    /** The instance that an address belongs to. */
    private record Owner(String instance, Location at) {}

    /** What an instance says of its addresses. */
    private record Addresses(List<IpAddress> list, boolean registered) {

        static final Addresses NONE = new Addresses(List.of(), false);

        Instance instance(
                Value.NamedValue entry,
                List<String> groups,
                Optional<String> cluster,
                InstanceMode mode,
                Map<String, String> tags) {
            return new Instance(entry.key(), list, registered, groups, cluster, mode, tags, entry.at());
        }
    }

    InstanceReader(References references, Limits limits, RegisteredReader registered, Room room) {
        this.references = references;
        this.limits = limits;
        this.registered = registered;
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

    /** Where the first thing of this name is defined. */
    Optional<Location> placeOf(String name) {
        return Optional.ofNullable(names.get(name));
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
            Addresses addresses = addresses(fields, entry.key());
            List<String> groups = groups(fields);
            InstanceMode mode = ModeReader.ofInstance(fields, entry.key());
            add(addresses.instance(entry, groups, Optional.empty(), mode, TagsReader.read(fields)));
        });
    }

    private void cluster(Value.NamedValue entry) {
        checkName(entry);
        entry.value().fields(CLUSTER_KEYS).ifPresent(fields -> {
            List<String> groups = groups(fields);
            List<Value.NamedValue> written =
                    fields.optional("instances").flatMap(Value::entries).orElse(List.of());
            InstanceMode mode = ModeReader.ofCluster(fields, entry.key(), written.size());
            var members = new ArrayList<String>();
            for (Value.NamedValue member : written) {
                checkName(member);
                members.add(member.key());
                member(member, groups, entry.key(), mode);
            }
            clusters.put(
                    entry.key(),
                    new Cluster(
                            entry.key(),
                            groups,
                            members,
                            mode,
                            TagsReader.read(fields),
                            fields.optional("port")
                                    .map(port -> port.integer(1, PortRange.MAX_PORT))
                                    .orElse(OptionalInt.empty()),
                            fields.optional("engine").flatMap(Value::label).orElse(""),
                            entry.at()));
        });
    }

    private void member(Value.NamedValue entry, List<String> groups, String cluster, InstanceMode ofCluster) {
        Optional<Fields> fields = entry.value().fields(INSTANCE_KEYS);
        fields.flatMap(f -> f.optional("security_groups"))
                .ifPresent(
                        value -> value.error("an instance of a cluster has the cluster's groups; set them at clusters."
                                + cluster + ".security_groups"));
        fields.flatMap(f -> f.optional("tags"))
                .ifPresent(value -> value.error(
                        "an instance of a cluster has no tags of its own; set them at clusters." + cluster + ".tags"));
        Addresses addresses = fields.map(f -> addresses(f, entry.key())).orElse(Addresses.NONE);
        InstanceMode mode = fields.map(f -> ModeReader.ofMember(f, entry.key(), cluster, ofCluster))
                .orElse(InstanceMode.ENFORCE);
        add(addresses.instance(entry, groups, Optional.of(cluster), mode, Map.of()));
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

    private Addresses addresses(Fields fields, String instance) {
        Optional<Value> written = fields.optional("addresses");
        boolean reported = written.filter(RegisteredReader::isMeant).isPresent();
        Optional<Value> list = reported ? registered.take(instance) : written;
        var addresses = new ArrayList<IpAddress>();
        for (Value item : list.flatMap(Value::items).orElse(List.of())) {
            AddressReader.address(item)
                    .filter(address -> isFree(address, item, instance))
                    .ifPresent(addresses::add);
        }
        return new Addresses(addresses, reported);
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
