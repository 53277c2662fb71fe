package io.secgroupd.rules.model;

import io.secgroupd.rules.text.Location;
import java.util.List;

/**
 * Instances that always have the same groups.
 *
 * @param instances their names; the instances themselves are in {@link Policy#instances()}
 */
public record Cluster(String name, List<String> securityGroups, List<String> instances, Location at) {

    public Cluster {
        securityGroups = List.copyOf(securityGroups);
        instances = List.copyOf(instances);
    }
}
