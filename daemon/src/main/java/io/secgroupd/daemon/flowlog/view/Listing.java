package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.LineSink;
import io.secgroupd.daemon.flowlog.read.LogLine;
import java.io.PrintWriter;

/** Lists every line, one below another. */
public final class Listing implements LineSink {

    private static final int CHUNK = 64 * 1024;

    private final LineText text;
    private final PrintWriter out;
    private final StringBuilder chunk = new StringBuilder(CHUNK + 1024);
    private boolean closed;
    private boolean begun;
    private long decisions;

    public Listing(LineText text, PrintWriter out) {
        this.text = text;
        this.out = out;
    }

    @Override
    public void line(LogLine line) {
        if (!begun) {
            begun = true;
            chunk.append(text.header());
        }
        if (!line.isSkipData()) {
            decisions++;
        }
        text.append(line, chunk);
        if (chunk.length() >= CHUNK) {
            write();
        }
    }

    @Override
    public void pause() {
        if (chunk.length() > 0) {
            write();
        }
    }

    private void write() {
        out.append(chunk);
        chunk.setLength(0);
        closed = out.checkError(); // the reader of the pipe has seen enough
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** The number of lines of decisions that were shown. */
    public long decisions() {
        return decisions;
    }
}
