package io.secgroupd.controlplane.console.hosts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.fleet.server.FleetStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** {@code GET fleet}: each host with what it has and what it refused, and the roll-out that is under way or was the last. */
public final class HostsView implements ApiHandler {

    private final FleetDesk desk;

    /** @param desk of the store of the control server */
    public HostsView(FleetDesk desk) {
        this.desk = desk;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        return shown(desk.status());
    }

    /** A fleet as an answer. */
    static ApiReply shown(FleetStatus status) {
        return ApiReply.of(json -> {
            json.writeArrayFieldStart("hosts");
            for (HostState host : status.hosts()) {
                write(status, host, json);
            }
            json.writeEndArray();
            json.writeFieldName("rollout");
            if (status.rollout().isPresent()) {
                write(status, status.rollout().get(), json);
            } else {
                json.writeNull();
            }
        });
    }

    private static void write(FleetStatus status, HostState host, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", host.host());
        json.writeNumberField("serial", host.inForce());
        json.writeNumberField("wanted", status.serialFor(host));
        json.writeStringField("result", result(status, host));
        json.writeNumberField("refused", host.refused());
        json.writeBooleanField("connected", host.connected());
        if (!host.seen().equals(Instant.EPOCH)) {
            json.writeNumberField("seen", host.seen().toEpochMilli());
        }
        json.writeArrayFieldStart("problems");
        if (!host.problem().isEmpty()) {
            json.writeString(host.problem());
        }
        json.writeEndArray();
        json.writeBooleanField("behind", status.isBehind(host));
        json.writeStringField("program", host.program());
        json.writeEndObject();
    }

    private static String result(FleetStatus status, HostState host) {
        if (status.hasRefused(host)) {
            return host.takenBack() ? "taken back" : "refused";
        }
        if (host.inForce() == 0) {
            return "unknown";
        }
        return status.isBehind(host) ? "behind" : "in force";
    }

    private static void write(FleetStatus status, Rollout rollout, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("serial", rollout.serial());
        json.writeStringField("stage", rollout.stage().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("step", rollout.step() + 1L);
        json.writeNumberField("steps", rollout.settings().count());
        json.writeStringField("name", rollout.settings().name(rollout.step()));
        json.writeStringField("by", rollout.author());
        json.writeStringField(
                "reason",
                rollout.serial() == status.newest().serial()
                        ? status.newest().origin().reason()
                        : "");
        json.writeStringField("why", rollout.why());
        json.writeNumberField("since", rollout.since().toEpochMilli());
        json.writeEndObject();
    }
}
