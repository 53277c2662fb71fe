package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.controlplane.edit.change.ChangeVisitor;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Makes changes in the model, knowing nothing of any text. */
public final class Intent implements ChangeVisitor {

    private static final Location NEW = new Location("", 1, 1);

    private final Parts parts;

    private Intent(Policy before) {
        this.parts = new Parts(before);
    }

    /**
     * What the policy shall be.
     *
     * @throws ImpossibleChangeException when a change names what is not there, or adds what is
     */
    public static Policy of(Policy before, List<IntendedChange> changes) {
        var intent = new Intent(before);
        changes.forEach(change -> change.accept(intent));
        return intent.parts.whole();
    }

    @Override
    public void visit(IntendedChange.AddGroup change) {
        Parts.checkNew(parts.groups, Element.group(change.id()));
        var everything = RuleSpec.of(new RuleKey(Protocol.ALL, PortRange.ALL, IcmpMatch.ANY, Peer.Any.ANY));
        var outbound = new RuleSet(change.id(), Direction.EGRESS, List.of(), NEW);
        outbound.add(List.of(everything));
        var group = new SecurityGroup(
                change.id(), change.name(), change.description(), change.tags(), List.of(), outbound.rules(), NEW);
        parts.groups.put(change.id(), group);
    }

    @Override
    public void visit(IntendedChange.RemoveGroup change) {
        parts.group(change.id());
        parts.groups.remove(change.id());
    }

    @Override
    public void visit(IntendedChange.AddRules change) {
        rules(change.group(), change.direction(), rules -> rules.add(change.rules()));
    }

    @Override
    public void visit(IntendedChange.RemoveRule change) {
        rules(change.group(), change.direction(), rules -> rules.remove(change.rule()));
    }

    @Override
    public void visit(IntendedChange.ReplaceRule change) {
        rules(change.group(), change.direction(), rules -> rules.replace(change.rule(), change.id(), change.terms()));
    }

    private void rules(String id, Direction direction, Consumer<RuleSet> change) {
        SecurityGroup group = parts.group(id);
        var rules = new RuleSet(id, direction, group.rules(direction), group.at());
        change.accept(rules);
        boolean inbound = direction == Direction.INGRESS;
        parts.groups.put(
                id, group.with(inbound ? rules.rules() : group.inbound(), inbound ? group.outbound() : rules.rules()));
    }

    @Override
    public void visit(IntendedChange.SetName change) {
        describe(change.element(), label -> new Label(change.name(), label.description(), label.tags()));
    }

    @Override
    public void visit(IntendedChange.SetDescription change) {
        describe(change.element(), label -> new Label(label.name(), change.description(), label.tags()));
    }

    @Override
    public void visit(IntendedChange.SetTags change) {
        String id = change.element().id();
        switch (change.element().kind()) {
            case INSTANCE -> {
                Instance instance = parts.instance(id);
                parts.instances.put(id, Members.with(instance, instance.securityGroups(), change.tags()));
            }
            case CLUSTER -> {
                Cluster cluster = parts.cluster(id);
                parts.clusters.put(id, Members.with(cluster, cluster.securityGroups(), change.tags(), cluster.port()));
            }
            case GROUP, LIST ->
                describe(change.element(), label -> new Label(label.name(), label.description(), change.tags()));
        }
    }

    private void describe(Element element, UnaryOperator<Label> change) {
        String id = element.id();
        switch (element.kind()) {
            case GROUP -> parts.groups.put(id, Label.on(parts.group(id), change));
            case LIST -> parts.lists.put(id, Label.on(parts.list(id), change));
            case INSTANCE, CLUSTER ->
                throw new ImpossibleChangeException(element + " has neither a name nor a description to change");
        }
    }

    @Override
    public void visit(IntendedChange.AddList change) {
        Parts.checkNew(parts.lists, Element.list(change.id()));
        parts.lists.put(
                change.id(),
                Lists.of(change.id(), change.name(), change.tags(), change.maxEntries(), change.entries(), NEW));
    }

    @Override
    public void visit(IntendedChange.RemoveList change) {
        parts.list(change.id());
        parts.lists.remove(change.id());
    }

    @Override
    public void visit(IntendedChange.AddEntries change) {
        parts.lists.put(change.list(), Lists.added(parts.list(change.list()), change.entries()));
    }

    @Override
    public void visit(IntendedChange.RemoveEntries change) {
        parts.lists.put(change.list(), Lists.removed(parts.list(change.list()), change.entries()));
    }

    @Override
    public void visit(IntendedChange.SetMaxEntries change) {
        parts.lists.put(change.list(), Lists.sized(parts.list(change.list()), change.maxEntries()));
    }

    @Override
    public void visit(IntendedChange.SetInstanceGroups change) {
        Instance instance = parts.instance(change.instance());
        if (instance.cluster().isPresent()) {
            throw new ImpossibleChangeException(Element.instance(change.instance()) + " belongs to "
                    + Element.cluster(instance.cluster().get()) + ", and has the groups of that");
        }
        List<String> groups = Members.groups(instance.securityGroups(), change.groups());
        parts.instances.put(change.instance(), Members.with(instance, groups, instance.tags()));
    }

    @Override
    public void visit(IntendedChange.SetClusterGroups change) {
        Cluster cluster = parts.cluster(change.cluster());
        List<String> groups = Members.groups(cluster.securityGroups(), change.groups());
        parts.clusters.put(change.cluster(), Members.with(cluster, groups, cluster.tags(), cluster.port()));
        for (String name : cluster.instances()) {
            Instance instance = parts.instance(name);
            parts.instances.put(name, Members.with(instance, groups, instance.tags()));
        }
    }

    @Override
    public void visit(IntendedChange.SetClusterPort change) {
        Cluster cluster = parts.cluster(change.cluster());
        parts.clusters.put(
                change.cluster(),
                Members.with(cluster, cluster.securityGroups(), cluster.tags(), OptionalInt.of(change.port())));
    }

    @Override
    public void visit(IntendedChange.AddCluster change) {
        Parts.checkNew(parts.clusters, Element.cluster(change.name()));
        List<String> groups = Members.groups(List.of(), change.groups());
        parts.clusters.put(
                change.name(),
                new Cluster(
                        change.name(),
                        groups,
                        List.of(),
                        InstanceMode.ENFORCE,
                        change.tags(),
                        change.port(),
                        change.engine(),
                        NEW));
    }

    @Override
    public void visit(IntendedChange.RemoveCluster change) {
        parts.cluster(change.name()).instances().forEach(parts.instances::remove);
        parts.clusters.remove(change.name());
    }

    @Override
    public void visit(IntendedChange.AddInstance change) {
        Parts.checkNew(parts.instances, Element.instance(change.name()));
        List<String> groups = Members.groups(List.of(), change.groups());
        parts.instances.put(
                change.name(),
                new Instance(
                        change.name(),
                        Members.kept(List.of(), change.addresses()),
                        false,
                        groups,
                        Optional.empty(),
                        InstanceMode.ENFORCE,
                        Map.of(),
                        NEW));
    }

    @Override
    public void visit(IntendedChange.RemoveInstance change) {
        Instance instance = parts.instance(change.name());
        instance.cluster().ifPresent(name -> {
            Cluster cluster = parts.cluster(name);
            parts.clusters.put(name, Members.with(cluster, without(cluster.instances(), change.name())));
        });
        parts.instances.remove(change.name());
    }

    private static List<String> without(List<String> names, String gone) {
        return names.stream().filter(name -> !name.equals(gone)).toList();
    }

    @Override
    public void visit(IntendedChange.SetAddresses change) {
        Instance instance = parts.instance(change.instance());
        List<IpAddress> before = instance.registered() ? List.of() : instance.addresses();
        parts.instances.put(change.instance(), Members.at(instance, Members.kept(before, change.addresses())));
    }

    @Override
    public void visit(IntendedChange.SetClusterInstances change) {
        Cluster cluster = parts.cluster(change.cluster());
        List<String> names = Members.kept(cluster.instances(), change.instances());
        for (String name : cluster.instances()) {
            if (!names.contains(name)) {
                Instance gone = parts.instance(name);
                parts.instances.put(
                        name, Members.moved(gone, gone.securityGroups(), Optional.empty(), modeIn(cluster, gone)));
            }
        }
        for (String name : names) {
            if (!cluster.instances().contains(name)) {
                Instance coming = parts.instance(name);
                checkMovable(coming);
                parts.instances.put(
                        name,
                        Members.moved(coming, cluster.securityGroups(), Optional.of(change.cluster()), coming.mode()));
            }
        }
        parts.clusters.put(change.cluster(), Members.with(cluster, names));
    }

    /** What it may do stays as it was. */
    private static InstanceMode modeIn(Cluster cluster, Instance gone) {
        return cluster.mode().observes() ? cluster.mode() : gone.mode();
    }

    private static void checkMovable(Instance instance) {
        if (instance.cluster().isPresent()) {
            throw new ImpossibleChangeException(Element.instance(instance.name()) + " belongs to "
                    + Element.cluster(instance.cluster().get()) + "; take it out of that first");
        }
        if (!instance.tags().isEmpty()) {
            throw new ImpossibleChangeException(Element.instance(instance.name())
                    + " has tags, and an instance of a cluster has none of its own; take them away first");
        }
    }
}
