package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a log from its oldest line to its newest, across all its files, and passes on the lines that match the filter.
 */
public final class FlowLogReader {

    private final LogFiles files;
    private final LineReader reader;
    private final LineSink sink;

    /**
     * @param current the file that is being written; the old ones are beside it
     * @param damage  the report of unreadable lines
     */
    public FlowLogReader(Path current, FlowFilter filter, LineSink sink, UnreadableLines damage) {
        this.files = new LogFiles(current, filter.sinceMillis(), damage);
        this.reader = new LineReader(filter, sink, damage);
        this.sink = sink;
    }

    /**
     * Reads everything that is there.
     *
     * @throws NoSuchFileException when there is no file at all
     * @throws IOException         when a file cannot be opened
     */
    public void readAll() throws IOException {
        List<LogFile> opened = files.open(List.of());
        if (opened.isEmpty() && !files.exist()) {
            throw new NoSuchFileException(files.current().toString());
        }
        for (LogFile file : opened) {
            try (file) {
                reader.start(file);
                reader.readOn();
                reader.finish();
            }
        }
        sink.pause();
    }

    /**
     * Reads everything that is there and everything that is written later, whatever happens to the files.
     *
     * @throws IOException          when a file cannot be opened
     * @throws InterruptedException when the thread is interrupted, which is the way to end it
     */
    public void follow() throws IOException, InterruptedException {
        new LogFollower(files, reader, sink).follow();
    }
}
