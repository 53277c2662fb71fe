package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.admin.ShadowApi.ShadowOutcome;
import io.secgroupd.daemon.shadow.Difference;
import io.secgroupd.daemon.shadow.DifferenceJson;
import io.secgroupd.daemon.shadow.DifferenceKind;
import io.secgroupd.daemon.shadow.ShadowReport;
import java.io.IOException;
import java.util.Optional;

/** What is known about the candidate, as JSON. */
final class ShadowJson {

    private ShadowJson() {}

    /** Writes a field {@code shadow} with every distinct difference; null without a candidate. */
    static void write(Optional<ShadowReport> report, JsonGenerator json) throws IOException {
        write(report, Integer.MAX_VALUE, json);
    }

    /** Writes the same with the most frequent differences alone. */
    static void write(Optional<ShadowReport> report, int most, JsonGenerator json) throws IOException {
        if (report.isEmpty()) {
            json.writeNullField("shadow");
            return;
        }
        json.writeObjectFieldStart("shadow");
        write(report.get(), most, json);
        json.writeEndObject();
    }

    private static void write(ShadowReport report, int most, JsonGenerator json) throws IOException {
        json.writeStringField("hash", report.candidate().hash());
        json.writeStringField("name", report.candidate().name());
        json.writeStringField("by", report.candidate().by());
        json.writeStringField("began", report.candidate().began().toString());
        json.writeStringField("ends", report.candidate().ends().toString());
        json.writeNumberField("connections", report.totals().connections());
        json.writeNumberField("newly_refused", report.totals().count(DifferenceKind.NEWLY_REFUSED));
        json.writeNumberField("newly_allowed", report.totals().count(DifferenceKind.NEWLY_ALLOWED));
        json.writeNumberField("distinct", report.totals().differences().size());
        json.writeNumberField("not_accepted", report.unaccepted().size());
        json.writeNumberField("faults", report.totals().faults());
        json.writeArrayFieldStart("differences");
        for (Difference difference : ShadowText.byCount(report.totals().differences(), most)) {
            json.writeStartObject();
            DifferenceJson.write(difference, json);
            json.writeBooleanField("accepted", report.isAccepted(difference));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void write(ShadowOutcome outcome, JsonGenerator json) throws IOException {
        json.writeBooleanField("done", outcome.done());
        json.writeStringField("hash", outcome.hash());
        json.writeStringField("message", outcome.sentence());
        json.writeArrayFieldStart("problems");
        for (String problem : outcome.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
    }
}
