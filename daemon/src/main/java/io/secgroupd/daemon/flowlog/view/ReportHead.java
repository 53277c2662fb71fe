package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/** The head of every report: the period, and the number of packets and lines. */
final class ReportHead {

    private ReportHead() {}

    static String text(Totals totals, Style style) {
        String left = UtcClock.inFull(totals.first()) + " to " + UtcClock.inFull(totals.last()) + " UTC, "
                + BarTable.grouped(totals.packets()) + " packets in " + BarTable.grouped(totals.lines()) + " lines";
        return style.bold(left) + "\n" + style.legend() + "\n";
    }

    /** Sentences about missing data, or nothing. */
    static String missing(Totals totals, Style style) {
        return sentence(totals.lost(), " more decisions are not in the log: it had no room for them (SKIPDATA)", style)
                + sentence(totals.gaps(), " times AWS skipped records (SKIPDATA) without saying how many", style)
                + sentence(totals.replies(), " more records are replies of connections, and are not counted", style);
    }

    private static String sentence(long number, String rest, Style style) {
        return number == 0 ? "" : style.yellow(BarTable.grouped(number) + rest) + "\n";
    }

    static void json(Totals totals, JsonGenerator json) throws IOException {
        json.writeStringField("first", Instant.ofEpochMilli(totals.first()).toString());
        json.writeStringField("last", Instant.ofEpochMilli(totals.last()).toString());
        json.writeNumberField("lines", totals.lines());
        json.writeNumberField("packets", totals.packets());
        json.writeNumberField("accepted", totals.accepted());
        json.writeNumberField("rejected", totals.rejected());
        json.writeNumberField("lost", totals.lost());
        if (totals.gaps() + totals.replies() > 0) {
            json.writeNumberField("skipped_by_aws", totals.gaps());
            json.writeNumberField("replies", totals.replies());
        }
    }

    static void json(String field, Iterable<Tally.KeyCount> rows, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Tally.KeyCount row : rows) {
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
