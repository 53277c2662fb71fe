package io.secgroupd.controlplane.console.map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.map.MapDiff.Drawn;
import io.secgroupd.controlplane.console.map.MapDiff.MapChange;
import io.secgroupd.controlplane.console.view.FilePlaces;
import io.secgroupd.controlplane.console.view.JsonLists;
import io.secgroupd.rules.model.Rule;
import java.io.IOException;
import java.util.Locale;

/** Maps as JSON. */
final class MapJson {

    private final FilePlaces places;

    MapJson(FilePlaces places) {
        this.places = places;
    }

    void write(String hash, MapDiff map, JsonGenerator json) throws IOException {
        json.writeStringField("hash", hash);
        json.writeArrayFieldStart("nodes");
        for (Drawn<MapNode> node : map.nodes()) {
            write(node.what(), node.change(), json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("edges");
        for (Drawn<MapEdge> edge : map.edges()) {
            write(edge.what(), edge.change(), json);
        }
        json.writeEndArray();
    }

    private static void write(MapNode node, MapChange change, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", node.id());
        json.writeStringField("kind", node.kind());
        json.writeStringField("label", node.label());
        json.writeNumberField("members", node.members());
        JsonLists.strings("clusters", node.clusters(), json);
        change(change, json);
        json.writeEndObject();
    }

    private void write(MapEdge edge, MapChange change, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", edge.from());
        json.writeStringField("to", edge.to());
        json.writeStringField("services", edge.services());
        json.writeStringField("state", edge.isOpen() ? "open" : "blocked");
        json.writeBooleanField("implied", edge.isImplied());
        json.writeArrayFieldStart("rules");
        for (MapRule rule : edge.rules()) {
            write(rule, json);
        }
        json.writeEndArray();
        change(change, json);
        json.writeEndObject();
    }

    private void write(MapRule drawn, JsonGenerator json) throws IOException {
        Rule rule = drawn.rule();
        json.writeStartObject();
        json.writeStringField("group", rule.group());
        json.writeStringField("id", rule.id());
        json.writeStringField("direction", rule.direction().word());
        json.writeStringField("at", places.line(rule.at()));
        json.writeStringField("terms", rule.terms());
        json.writeStringField("state", drawn.open() ? "open" : "blocked");
        json.writeEndObject();
    }

    private static void change(MapChange change, JsonGenerator json) throws IOException {
        json.writeStringField("change", change.name().toLowerCase(Locale.ROOT));
    }
}
