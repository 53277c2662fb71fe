package io.secgroupd.daemon.cli.common;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Change;
import io.secgroupd.rules.analyze.InstanceChange;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.PortRange;
import java.io.IOException;
import java.util.List;

/** How the meaning of two policies differs, as JSON. */
public final class DiffJson {

    private DiffJson() {}

    /** Writes the changes of each instance as an array. */
    public static void write(List<InstanceChange> changes, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (InstanceChange instance : changes) {
            json.writeStartObject();
            json.writeStringField("instance", instance.instance());
            json.writeStringField("kind", instance.kind().word());
            addresses("addresses", instance.addresses(), json);
            json.writeArrayFieldStart("changes");
            for (Change change : instance.changes()) {
                write(change, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Change change, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("direction", change.direction().word());
        json.writeStringField("now", change.now().name());
        json.writeStringField("protocols", change.protocols().toString());
        json.writeArrayFieldStart("selectors");
        for (PortRange range : change.selectors()) {
            json.writeStartArray();
            json.writeNumber(range.first());
            json.writeNumber(range.last());
            json.writeEndArray();
        }
        json.writeEndArray();
        addresses("peers", change.peers(), json);
        json.writeEndObject();
    }

    private static void addresses(String field, AddressSet set, JsonGenerator json) throws IOException {
        JsonOutput.strings(field, set.stream().map(AddressRange::toString).toList(), json);
    }
}
