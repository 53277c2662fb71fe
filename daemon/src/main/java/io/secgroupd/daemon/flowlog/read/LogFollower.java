package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Continues to read a log that is still written, across rotation, removal, truncation, and times without a file. */
final class LogFollower {

    private static final long LOOK_MILLIS = 200;
    /** The number of files that a log may keep, and the current one. Older files cannot appear again. */
    private static final int MOST_KNOWN = 1001;

    private final LogFiles files;
    private final LineReader reader;
    private final LineSink sink;
    private final Deque<LogFile> known = new ArrayDeque<>();
    private @Nullable LogFile current;

    LogFollower(LogFiles files, LineReader reader, LineSink sink) {
        this.files = files;
        this.reader = reader;
        this.sink = sink;
    }

    void follow() throws IOException, InterruptedException {
        while (!sink.isClosed()) {
            boolean gone = current == null || !current.isStillAt(files.current());
            if (current != null && current.isTruncated()) {
                startAgain(current); // before any read, because the bytes at the position belong to another line
            } else {
                reader.readOn(); // after the check, because the last lines before a rotation are in the moved file
                if (gone) {
                    moveOn();
                }
            }
            sink.pause();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void moveOn() throws IOException {
        List<LogFile> next = files.open(known);
        Iterator<LogFile> opened = next.iterator();
        try {
            while (opened.hasNext()) {
                go(opened.next());
            }
        } finally {
            while (opened.hasNext()) {
                opened.next().close();
            }
        }
    }

    private void go(LogFile file) throws IOException {
        reader.finish();
        if (current != null) {
            current.close();
        }
        current = file;
        known.addLast(file);
        if (known.size() > MOST_KNOWN) {
            known.removeFirst();
        }
        reader.start(file);
        reader.readOn();
    }

    /** Reads what was written after the last check and before the file was copied and emptied. */
    private void readRest(LogFile copy, long position) throws IOException {
        try (copy) {
            reader.goOn(copy, position);
            reader.finish();
            known.addLast(copy);
        }
    }

    private void startAgain(LogFile truncated) throws IOException {
        current = null;
        Optional<LogFile> copy = files.copyOf(truncated);
        if (copy.isPresent()) {
            readRest(copy.get(), truncated.position());
        } else {
            reader.abandon();
        }
        known.remove(truncated);
        truncated.close();
        moveOn();
    }
}
