package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Ranks sources, destinations, services, rules or pairs by their number of packets. */
public final class Ranking implements Report {

    private final Ranked by;
    private final int rows;
    private final Totals totals = new Totals();
    private final Tally tally = new Tally();
    private final KeyBytes key = new KeyBytes();

    /** @param rows the number of rows to show */
    public Ranking(Ranked by, int rows) {
        this.by = by;
        this.rows = rows;
    }

    @Override
    public void line(LogLine line) {
        if (totals.add(line)) {
            key.clear();
            by.key(line, key);
            key.countIn(tally, line.accepted(), line.number(Field.PACKETS));
        }
    }

    @Override
    public long decisions() {
        return totals.packets();
    }

    @Override
    public String text(Style style) {
        List<KeyCount> top = tally.top(rows);
        BarTable table = BarTable.forAll(top, totals.packets(), style);
        String text = ReportHead.text(totals, style) + "\n" + style.bold("by " + by.title()) + "\n" + table.of(top);
        int others = tally.size() - top.size();
        if (others > 0) {
            long shown = top.stream().mapToLong(KeyCount::packets).sum();
            text += table.rest(totals.packets() - shown, BarTable.grouped(others) + " more");
        }
        return text + ReportHead.missing(totals, style);
    }

    @Override
    public void json(JsonGenerator json) throws IOException {
        json.writeStartObject();
        ReportHead.json(totals, json);
        json.writeStringField("by", by.name().toLowerCase(Locale.ROOT));
        json.writeNumberField("keys", tally.size());
        ReportHead.json("top", tally.top(rows), json);
        json.writeEndObject();
    }
}
