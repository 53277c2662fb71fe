package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an edit does to the text of a file, line by line, with a few lines around each difference. */
public final class FileLines {

    private static final int AROUND = 3;

    /** More than anybody reads. */
    private static final int MOST_SHOWN = 2000;

    private final List<Shown> shown = new ArrayList<>();

    /**
     * A line.
     *
     * @param kind blank for one that stays, + for one that comes, - for one that goes, … for lines that are left out
     * @param old  its number before, 0 when it was not there
     * @param now  its number afterwards, 0 when it is gone
     */
    record Shown(String kind, String text, int old, int now) {}

    private FileLines() {}

    /** Compares two contents of a file. */
    public static FileLines between(byte[] before, byte[] after) {
        List<Shown> all = LineDiff.between(lines(before), lines(after));
        var lines = new FileLines();
        int left = -1;
        for (int i = 0; i < all.size(); i++) {
            if (!isNear(all, i)) {
                continue;
            }
            if (i > left + 1) {
                lines.shown.add(new Shown("…", "", 0, 0));
            }
            lines.shown.add(all.get(i));
            left = i;
        }
        if (left < all.size() - 1 && left >= 0) {
            lines.shown.add(new Shown("…", "", 0, 0));
        }
        return lines;
    }

    private static boolean isNear(List<Shown> all, int line) {
        int first = Math.max(0, line - AROUND);
        int last = Math.min(all.size(), line + AROUND + 1);
        return all.subList(first, last).stream().anyMatch(one -> !one.kind().equals(" "));
    }

    private static List<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    List<Shown> shown() {
        return List.copyOf(shown);
    }

    /** Writes them as a field. */
    public void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("lines");
        for (Shown line : shown.subList(0, Math.min(shown.size(), MOST_SHOWN))) {
            json.writeStartObject();
            json.writeStringField("kind", line.kind());
            json.writeStringField("text", line.text());
            if (line.old() > 0) {
                json.writeNumberField("old", line.old());
            }
            if (line.now() > 0) {
                json.writeNumberField("new", line.now());
            }
            json.writeEndObject();
        }
        if (shown.size() > MOST_SHOWN) {
            json.writeStartObject();
            json.writeStringField("kind", "…");
            json.writeStringField("text", (shown.size() - MOST_SHOWN) + " more lines");
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
