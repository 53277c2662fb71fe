package io.secgroupd.daemon.cli.logs;

import io.secgroupd.daemon.flowlog.read.LineSink;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.UnreadableLines;
import java.io.PrintWriter;

/** Reports damaged lines as soon as they are read, because following a log never ends. */
record DamageAtOnce(LineSink next, UnreadableLines damage, PrintWriter err) implements LineSink {

    @Override
    public void line(LogLine line) {
        next.line(line);
    }

    @Override
    public void pause() {
        next.pause();
        damage.take().forEach(err::println);
    }

    @Override
    public boolean isClosed() {
        return next.isClosed();
    }
}
