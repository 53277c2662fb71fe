package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;

/** Instances and clusters as objects of JSON. */
final class MembersJson {

    private MembersJson() {}

    static void write(Policy policy, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("instances");
        for (Instance instance : policy.instances().values()) {
            json.writeStartObject();
            write(instance, policy.modeOf(instance), places, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("clusters");
        for (Cluster cluster : policy.clusters().values()) {
            json.writeStartObject();
            write(cluster, places, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Instance instance, InstanceMode mode, FilePlaces places, JsonGenerator json)
            throws IOException {
        json.writeStringField("name", instance.name());
        json.writeStringField("mode", mode.word());
        JsonLists.strings(
                "addresses",
                instance.addresses().stream().map(IpAddress::toString).toList(),
                json);
        json.writeBooleanField("registered", instance.registered());
        JsonLists.strings("groups", instance.securityGroups(), json);
        if (instance.cluster().isPresent()) {
            json.writeStringField("cluster", instance.cluster().get());
        }
        json.writeStringField("at", places.line(instance.at()));
    }

    private static void write(Cluster cluster, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeStringField("name", cluster.name());
        json.writeStringField("mode", cluster.mode().word());
        JsonLists.strings("groups", cluster.securityGroups(), json);
        JsonLists.strings("instances", cluster.instances(), json);
        if (cluster.port().isPresent()) {
            json.writeNumberField("port", cluster.port().getAsInt());
        }
        if (!cluster.engine().isEmpty()) {
            json.writeStringField("engine", cluster.engine());
        }
        json.writeStringField("at", places.line(cluster.at()));
    }
}
