package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole log on one screen: verdicts and reasons, packets over time, refused sources, requested services, and
 * accepting rules.
 */
public final class LogSummary implements Report {

    private static final int ROWS = 5;

    private final Totals totals = new Totals();
    private final Timeline timeline = new Timeline();
    private final Tally reasons = new Tally();
    private final Tally refusedSources = new Tally();
    private final Tally refusedServices = new Tally();
    private final Tally rules = new Tally();
    private final KeyBytes key = new KeyBytes();

    @Override
    public void line(LogLine line) {
        if (!totals.add(line)) {
            return;
        }
        long packets = line.number(Field.PACKETS);
        timeline.add(line.happenedMillis(), line.accepted(), packets);
        key.clear();
        key.add(line, Field.REASON);
        key.countIn(reasons, line.accepted(), packets);
        if (line.accepted()) {
            count(Ranked.RULE, line, rules, packets);
        } else {
            count(Ranked.SRC, line, refusedSources, packets);
            count(Ranked.PORT, line, refusedServices, packets);
        }
    }

    private void count(Ranked by, LogLine line, Tally tally, long packets) {
        key.clear();
        by.key(line, key);
        key.countIn(tally, line.accepted(), packets);
    }

    @Override
    public long decisions() {
        return totals.packets();
    }

    private Map<String, List<KeyCount>> sections() {
        var sections = new LinkedHashMap<String, List<KeyCount>>();
        sections.put(
                "verdicts",
                List.of(new KeyCount("REJECT", 0, totals.rejected()), new KeyCount("ACCEPT", totals.accepted(), 0)));
        sections.put("reasons", reasons.top(ROWS));
        sections.put("over time", timeline.rows());
        sections.put("most rejected sources", refusedSources.top(ROWS));
        sections.put("most rejected services", refusedServices.top(ROWS));
        sections.put("most used rules", rules.top(ROWS));
        return sections;
    }

    @Override
    public String text(Style style) {
        Map<String, List<KeyCount>> sections = sections();
        List<KeyCount> all = new ArrayList<>();
        sections.values().forEach(all::addAll);
        BarTable table = BarTable.forAll(all, totals.packets(), style);
        var text = new StringBuilder(ReportHead.text(totals, style));
        text.append(ReportHead.missing(totals, style));
        sections.forEach((title, rows) -> {
            if (!rows.isEmpty()) {
                text.append('\n').append(style.bold(title)).append('\n').append(table.of(rows));
            }
        });
        return text.toString();
    }

    @Override
    public void json(JsonGenerator json) throws IOException {
        json.writeStartObject();
        ReportHead.json(totals, json);
        for (Map.Entry<String, List<KeyCount>> section : sections().entrySet()) {
            if (!section.getKey().equals("verdicts")) {
                ReportHead.json(section.getKey().replace(' ', '_'), section.getValue(), json);
            }
        }
        json.writeEndObject();
    }
}
