package io.secgroupd.rules.model;

import io.secgroupd.rules.text.Location;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Instances that always have the same groups.
 *
 * @param instances their names; the instances themselves are in {@link Policy#instances()}
 * @param mode      that holds for all its instances when it is {@link InstanceMode#OBSERVE}
 * @param port      that its clients are told, 1–65535; no rule follows from it
 * @param engine    the name of the database software; may be empty
 */
public record Cluster(
        String name,
        List<String> securityGroups,
        List<String> instances,
        InstanceMode mode,
        Map<String, String> tags,
        OptionalInt port,
        String engine,
        Location at) {

    public Cluster {
        securityGroups = List.copyOf(securityGroups);
        instances = List.copyOf(instances);
        tags = Tags.copyOf(tags);
    }
}
