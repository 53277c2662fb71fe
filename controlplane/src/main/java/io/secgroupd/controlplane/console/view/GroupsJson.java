package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Coverage;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The groups of a policy, each with its rules and those that have it. */
final class GroupsJson {

    private final Policy policy;
    private final FilePlaces places;
    private final RuleJson rules;
    private final Map<String, List<String>> instances = new HashMap<>();
    private final Map<String, List<String>> clusters = new HashMap<>();

    GroupsJson(Policy policy, FilePlaces places) {
        this.policy = policy;
        this.places = places;
        this.rules = new RuleJson(new Coverage(policy), places);
        for (Instance instance : policy.instances().values()) {
            have(instance.securityGroups(), instance.name(), instances);
        }
        for (Cluster cluster : policy.clusters().values()) {
            have(cluster.securityGroups(), cluster.name(), clusters);
        }
    }

    private static void have(List<String> groups, String name, Map<String, List<String>> having) {
        groups.forEach(group ->
                having.computeIfAbsent(group, unused -> new ArrayList<>()).add(name));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("groups");
        for (SecurityGroup group : policy.securityGroups().values()) {
            json.writeStartObject();
            write(group, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(SecurityGroup group, JsonGenerator json) throws IOException {
        json.writeStringField("id", group.id());
        json.writeStringField("name", group.name());
        json.writeStringField("description", group.description());
        json.writeStringField("at", places.line(group.at()));
        rules.write("ingress", group.inbound(), json);
        rules.write("egress", group.outbound(), json);
        json.writeBooleanField("egress_implied", isImplied(group));
        JsonLists.strings("instances", instances.getOrDefault(group.id(), List.of()), json);
        JsonLists.strings("clusters", clusters.getOrDefault(group.id(), List.of()), json);
    }

    /** Whether the one outbound rule stands nowhere, and follows from there being none. */
    private static boolean isImplied(SecurityGroup group) {
        return group.outbound().size() == 1
                && RuleJson.isImplied(group.outbound().get(0));
    }
}
