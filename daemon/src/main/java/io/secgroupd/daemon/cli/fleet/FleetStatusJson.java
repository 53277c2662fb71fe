package io.secgroupd.daemon.cli.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.server.FleetStatus;
import io.secgroupd.controlplane.fleet.server.ToldFault;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The state of a fleet as JSON. */
final class FleetStatusJson {

    private FleetStatusJson() {}

    static void write(FleetStatus status, List<HostState> hosts, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", status.at().toString());
        json.writeNumberField("newest", status.newest().serial());
        if (status.rollout().isPresent()) {
            json.writeFieldName("rollout");
            write(status.rollout().get(), json);
        }
        json.writeArrayFieldStart("hosts");
        for (HostState host : hosts) {
            write(status, host, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Rollout rollout, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("serial", rollout.serial());
        json.writeNumberField("base", rollout.base());
        json.writeNumberField("edition", rollout.editionNumber());
        json.writeStringField("stage", rollout.stage().name().toLowerCase(Locale.ROOT));
        json.writeStringField("step", rollout.settings().name(rollout.step()));
        json.writeStringField("since", rollout.since().toString());
        json.writeStringField("author", rollout.author());
        json.writeStringField("why", rollout.why());
        json.writeEndObject();
    }

    private static void write(FleetStatus status, HostState host, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", host.host());
        json.writeNumberField("serial", host.inForce());
        json.writeNumberField("edition", host.edition());
        json.writeNumberField("wanted", status.serialFor(host));
        json.writeBooleanField("connected", host.connected());
        json.writeStringField("changed", host.changed().toString());
        json.writeStringField("seen", host.seen().toString());
        json.writeNumberField("refused", host.refused());
        json.writeBooleanField("taken_back", host.takenBack());
        json.writeStringField("problem", host.problem());
        if (host.refusedBefore().isPresent()) {
            json.writeNumberField("refused_before", host.refusedBefore().getAsLong());
        }
        if (host.refusedAfter().isPresent()) {
            json.writeNumberField("refused_after", host.refusedAfter().getAsLong());
        }
        json.writeStringField("program", host.program());
        if (status.fault(host).isPresent()) {
            ToldFault told = status.fault(host).get();
            json.writeObjectFieldStart("server_fault");
            json.writeStringField("server", told.fault().server());
            json.writeStringField("fault", told.fault().fault());
            json.writeStringField("time", told.time().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
