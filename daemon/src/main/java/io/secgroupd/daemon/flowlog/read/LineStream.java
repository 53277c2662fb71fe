package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads the lines of a log that comes from elsewhere than a file, such as from a running daemon. */
public final class LineStream {

    private LineStream() {}

    /**
     * Reads to the end, and passes on all lines.
     *
     * @param name   stands for the log in the report of unreadable lines
     * @param damage the report of unreadable lines
     * @throws IOException when the stream breaks off; the lines before that have been passed on
     */
    public static void read(InputStream in, Path name, LineSink sink, UnreadableLines damage) throws IOException {
        var lines = new LineSplitter(in);
        var line = new LogLine();
        var parser = new LineParser();
        try {
            while (!sink.isClosed()) {
                if (lines.nextOwn(line)) {
                    sink.line(line);
                } else if (!lines.next()) {
                    return;
                } else if (parser.parse(line, lines.buffer(), lines.lineFrom(), lines.lineTo())
                        == LineParser.LineKind.LINE) {
                    sink.line(line);
                } else {
                    damage.line(name, lines.number());
                }
            }
        } finally {
            sink.pause();
        }
    }
}
