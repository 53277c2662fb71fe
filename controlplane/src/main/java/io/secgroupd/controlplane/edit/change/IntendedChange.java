package io.secgroupd.controlplane.edit.change;

import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One change of meaning. Several are made together or not at all, each on what the ones before it have left. */
public sealed interface IntendedChange {

    /** Calls the method for this kind of change. */
    void accept(ChangeVisitor visitor);

    /** What is made, changed or removed. */
    Element element();

    /** A new group without rules of its own: nothing may come in, and everything may go out. */
    record AddGroup(String id, String name, String description, Map<String, String> tags) implements IntendedChange {
        public AddGroup {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.group(id);
        }
    }

    /** A group with all that stands under its key. Rules and instances that name it are not touched. */
    record RemoveGroup(String id) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.group(id);
        }
    }

    /** New rules behind those that are there, an entry for each. A group whose outbound rules are only implied gets the implied one written out before them. */
    record AddRules(String group, Direction direction, List<RuleSpec> rules) implements IntendedChange {
        public AddRules {
            rules = List.copyOf(rules);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.group(group);
        }
    }

    /** Takes away one rule as {@link ShownRule} names it; the others of its entry stay. */
    record RemoveRule(String group, Direction direction, RuleKey rule) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.group(group);
        }
    }

    /** Gives one rule other terms, with the same id afterwards: it is written into the file where it does not follow from the new content. The id in the terms themselves is not used. */
    record ReplaceRule(String group, Direction direction, RuleKey rule, String id, RuleSpec terms)
            implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.group(group);
        }
    }

    /** The name of a group or a list; an empty one is taken away. */
    record SetName(Element element, String name) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** The description of a group or a list; an empty one is taken away. */
    record SetDescription(Element element, String description) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** All tags of an element. */
    record SetTags(Element element, Map<String, String> tags) implements IntendedChange {
        public SetTags {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** A new prefix list. */
    record AddList(String id, String name, Map<String, String> tags, OptionalInt maxEntries, List<ListEntry> entries)
            implements IntendedChange {
        public AddList {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
            entries = List.copyOf(entries);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.list(id);
        }
    }

    /** A list with all that stands under its key. Rules that name it are not touched. */
    record RemoveList(String id) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.list(id);
        }
    }

    /** New entries behind those that are there. */
    record AddEntries(String list, List<ListEntry> entries) implements IntendedChange {
        public AddEntries {
            entries = List.copyOf(entries);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.list(list);
        }
    }

    /** Takes away entries by their addresses. */
    record RemoveEntries(String list, List<AddressRange> entries) implements IntendedChange {
        public RemoveEntries {
            entries = List.copyOf(entries);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.list(list);
        }
    }

    /** How many entries a list may have, 1 or more. */
    record SetMaxEntries(String list, int maxEntries) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.list(list);
        }
    }

    /** The groups of an instance. Those that it has keep their order, new ones come behind them. */
    record SetInstanceGroups(String instance, List<String> groups) implements IntendedChange {
        public SetInstanceGroups {
            groups = List.copyOf(groups);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.instance(instance);
        }
    }

    /** The groups of a cluster, in the same way. */
    record SetClusterGroups(String cluster, List<String> groups) implements IntendedChange {
        public SetClusterGroups {
            groups = List.copyOf(groups);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.cluster(cluster);
        }
    }

    /** The port that clients of a cluster are told, 1–65535. */
    record SetClusterPort(String cluster, int port) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.cluster(cluster);
        }
    }

    /** A new cluster without instances. */
    record AddCluster(String name, List<String> groups, Map<String, String> tags, OptionalInt port, String engine)
            implements IntendedChange {
        public AddCluster {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
            groups = List.copyOf(groups);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.cluster(name);
        }
    }

    /** A cluster, with its instances. */
    record RemoveCluster(String name) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.cluster(name);
        }
    }

    /** A new instance of its own, which belongs to no cluster. */
    record AddInstance(String name, List<IpAddress> addresses, List<String> groups) implements IntendedChange {
        public AddInstance {
            addresses = List.copyOf(addresses);
            groups = List.copyOf(groups);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.instance(name);
        }
    }

    /** An instance, of its own or of a cluster. */
    record RemoveInstance(String name) implements IntendedChange {
        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.instance(name);
        }
    }

    /** The addresses of an instance, of its own or of a cluster. Those that it has keep their order, new ones come behind them. */
    record SetAddresses(String instance, List<IpAddress> addresses) implements IntendedChange {
        public SetAddresses {
            addresses = List.copyOf(addresses);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.instance(instance);
        }
    }

    /** The instances of a cluster. Those that come are instances of their own before, and get the groups of the cluster; those that go become ones again, and keep its groups. */
    record SetClusterInstances(String cluster, List<String> instances) implements IntendedChange {
        public SetClusterInstances {
            instances = List.copyOf(instances);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }

        @Override
        public Element element() {
            return Element.cluster(cluster);
        }
    }
}
