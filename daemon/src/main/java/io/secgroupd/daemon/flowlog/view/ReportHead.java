package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/** What every report says first: from when to when, and how much. */
final class ReportHead {

    private ReportHead() {}

    static String text(Totals totals, Style style) {
        String left = UtcClock.inFull(totals.first()) + " to " + UtcClock.inFull(totals.last()) + " UTC, "
                + BarTable.grouped(totals.packets()) + " packets in " + BarTable.grouped(totals.lines()) + " lines";
        return style.bold(left) + "\n" + style.legend() + "\n";
    }

    /** A sentence about what is missing, or nothing. */
    static String missing(Totals totals, Style style) {
        return totals.lost() == 0
                ? ""
                : style.yellow(BarTable.grouped(totals.lost())
                                + " more decisions are not in the log: it had no room for them (SKIPDATA)")
                        + "\n";
    }

    static void json(Totals totals, JsonGenerator json) throws IOException {
        json.writeStringField("first", Instant.ofEpochMilli(totals.first()).toString());
        json.writeStringField("last", Instant.ofEpochMilli(totals.last()).toString());
        json.writeNumberField("lines", totals.lines());
        json.writeNumberField("packets", totals.packets());
        json.writeNumberField("accepted", totals.accepted());
        json.writeNumberField("rejected", totals.rejected());
        json.writeNumberField("lost", totals.lost());
    }

    static void json(String field, Iterable<Tally.Row> rows, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Tally.Row row : rows) {
            json.writeStartObject();
            json.writeStringField("key", row.key());
            json.writeNumberField("packets", row.packets());
            json.writeNumberField("accepted", row.accepted());
            json.writeNumberField("rejected", row.rejected());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
