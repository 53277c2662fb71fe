package io.secgroupd.daemon.cli.common;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Change;
import io.secgroupd.rules.analyze.InstanceChange;
import io.secgroupd.rules.analyze.InvariantChange;
import io.secgroupd.rules.analyze.ModeChange;
import io.secgroupd.rules.analyze.PolicyDiff;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.PortRange;
import java.io.IOException;

/** How the meaning of two policies differs, as JSON. */
public final class DiffJson {

    private DiffJson() {}

    /** Writes an array: the modes, the invariants and the ends of rules that change, and behind them the changes of each instance. */
    public static void write(PolicyDiff diff, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (ModeChange mode : diff.modes()) {
            json.writeStartObject();
            json.writeStringField("mode", mode.after().word());
            json.writeStringField(
                    "before", mode.before().map(InstanceMode::word).orElse(null));
            JsonOutput.strings("instances", mode.instances(), json);
            json.writeEndObject();
        }
        for (InvariantChange invariant : diff.invariants()) {
            json.writeStartObject();
            json.writeStringField("invariant", invariant.title());
            json.writeStringField("kind", invariant.kind().word());
            json.writeEndObject();
        }
        for (String end : diff.ends()) {
            json.writeStartObject();
            json.writeStringField("expiry", end);
            json.writeEndObject();
        }
        for (InstanceChange instance : diff.changes()) {
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
