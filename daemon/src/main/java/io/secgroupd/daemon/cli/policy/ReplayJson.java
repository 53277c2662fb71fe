package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.replay.ReplayTally;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.usage.Sightings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replay as one JSON object: totals, remarks about the file, and a list of rows. */
final class ReplayJson {

    private ReplayJson() {}

    static void write(ReplayTally tally, List<String> remarks, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("flows", tally.flows());
        json.writeNumberField("accepted", tally.accepted());
        json.writeNumberField("rejected", tally.rejected());
        json.writeNumberField("mid_stream", tally.midStream());
        if (tally.comparing()) {
            json.writeNumberField("now_accepted", tally.nowAccepted());
            json.writeNumberField("now_rejected", tally.nowRejected());
        }
        json.writeNumberField("not_listed", tally.notListed());
        JsonOutput.strings("remarks", remarks, json);
        json.writeArrayFieldStart(tally.comparing() ? "changes" : "results");
        for (ReplayTally.FlowRow row : tally.rows()) {
            write(row, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(ReplayTally.FlowRow row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("count", row.count());
        json.writeBooleanField("mid_stream", row.midStream());
        if (row.difference().isPresent()) {
            json.writeStringField("kind", row.difference().get().word());
            json.writeStringField("first", time(row.seen().first()));
            json.writeStringField("last", time(row.seen().last()));
        }
        flow(row.explanation().flow(), json);
        if (row.against().isPresent()) {
            json.writeFieldName("before");
            ExplanationJson.write(row.explanation(), json);
            json.writeFieldName("after");
            ExplanationJson.write(row.against().get(), json);
        } else {
            ExplanationJson.writeFields(row.explanation(), json);
        }
        json.writeEndObject();
    }

    private static @Nullable String time(long millis) {
        return millis == Sightings.UNTOLD ? null : Instant.ofEpochMilli(millis).toString();
    }

    private static void flow(FlowTuple flow, JsonGenerator json) throws IOException {
        var protocol = new Protocol(flow.protocol());
        json.writeStringField("protocol", protocol.toString());
        json.writeStringField("src", flow.source().toString());
        json.writeStringField("dst", flow.destination().toString());
        number("dport", protocol.hasPorts(), flow.destinationPort(), json);
        number("icmp_type", protocol.hasIcmpTypes(), flow.icmpType(), json);
        number("icmp_code", protocol.hasIcmpTypes(), flow.icmpCode(), json);
    }

    private static void number(String field, boolean applies, int value, JsonGenerator json) throws IOException {
        json.writeObjectField(field, applies ? value : null);
    }
}
