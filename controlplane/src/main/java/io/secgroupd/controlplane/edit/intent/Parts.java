package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy taken apart, while changes are made in it. */
final class Parts {

    final Map<String, PrefixList> lists;
    final Map<String, SecurityGroup> groups;
    final Map<String, Instance> instances;
    final Map<String, Cluster> clusters;
    private final Policy before;

    Parts(Policy before) {
        this.before = before;
        this.lists = new LinkedHashMap<>(before.prefixLists());
        this.groups = new LinkedHashMap<>(before.securityGroups());
        this.instances = new LinkedHashMap<>(before.instances());
        this.clusters = new LinkedHashMap<>(before.clusters());
    }

    Policy whole() {
        return new Policy(before.limits(), lists, groups, instances, clusters, before.tests(), before.invariants());
    }

    PrefixList list(String id) {
        return known(lists.get(id), Element.list(id));
    }

    SecurityGroup group(String id) {
        return known(groups.get(id), Element.group(id));
    }

    Instance instance(String name) {
        return known(instances.get(name), Element.instance(name));
    }

    Cluster cluster(String name) {
        return known(clusters.get(name), Element.cluster(name));
    }

    private static <T> T known(@Nullable T found, Element element) {
        if (found == null) {
            throw new ImpossibleChangeException("there is no " + element);
        }
        return found;
    }

    /** Refuses an element that is there already. */
    static void checkNew(Map<String, ?> all, Element element) {
        if (all.containsKey(element.id())) {
            throw new ImpossibleChangeException("the " + element + " is there already");
        }
    }
}
