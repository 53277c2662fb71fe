package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one file after another, parsed and filtered. An unreadable line is added to the damage report and
 * skipped.
 */
final class LineReader {

    private final FlowFilter filter;
    private final LineSink sink;
    private final UnreadableLines damage;
    private final LogLine line = new LogLine();
    private @Nullable LogFile file;
    private @Nullable LineSplitter lines;
    private LineParser parser = new LineParser();

    LineReader(FlowFilter filter, LineSink sink, UnreadableLines damage) {
        this.filter = filter;
        this.sink = sink;
        this.damage = damage;
    }

    /** Goes to the beginning of a file. */
    void start(LogFile next) {
        file = next;
        parser = new LineParser();
        try {
            lines = new LineSplitter(next.stream());
        } catch (IOException e) {
            giveUp(next, 1, e);
        }
    }

    /** Continues in a copy of the previous file, after the bytes that were already read. */
    void goOn(LogFile copy, long position) {
        LineSplitter before = lines;
        lines = null;
        file = copy;
        if (before == null) {
            return;
        }
        try {
            InputStream in = copy.stream();
            in.skipNBytes(position);
            lines = before.goOn(in);
        } catch (IOException e) {
            giveUp(copy, before.number() + 1, e);
        }
    }

    /** Reads the whole lines that are there now. */
    void readOn() {
        LineSplitter from = lines;
        if (from == null) {
            return;
        }
        try {
            while (!sink.isClosed()) {
                if (from.nextOwn(line)) {
                    hand();
                } else if (from.next()) {
                    take(from);
                } else {
                    return;
                }
            }
        } catch (IOException e) {
            giveUp(Objects.requireNonNull(file), from.number() + 1, e);
        }
    }

    /** Reads the text after the last line end, since no more will come. */
    void finish() {
        readOn();
        if (lines != null && !sink.isClosed() && lines.takeHalfLine()) {
            take(lines);
        }
        lines = null;
    }

    /** Forgets the file, including any half line that was read from it. */
    void abandon() {
        lines = null;
    }

    private void take(LineSplitter from) {
        Path path = Objects.requireNonNull(file).path();
        switch (parser.parse(line, from.buffer(), from.lineFrom(), from.lineTo())) {
            case LINE -> hand();
            case NOTHING -> {}
            case DAMAGED -> damage.line(path, from.number());
            case UNNAMED -> damage.unnamed(path, from.number());
            case UNUSABLE_HEADER -> damage.header(path, from.number(), parser.missing());
        }
    }

    private void hand() {
        if (filter.matches(line)) {
            sink.line(line);
        }
    }

    private void giveUp(LogFile damaged, long number, IOException e) {
        damage.rest(damaged.path(), number, String.valueOf(e.getMessage()));
        lines = null;
    }
}
