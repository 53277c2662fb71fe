package io.secgroupd.daemon.service;

import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.flowlog.read.FlowLogReader;
import io.secgroupd.daemon.flowlog.read.UnreadableLines;
import io.secgroupd.daemon.flowlog.view.JsonText;
import io.secgroupd.daemon.flowlog.view.Listing;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What the flow log has of the past, rotated files included.
 *
 * @param log the file that is being written
 */
record PastFlows(Path log) {

    private static final int CHUNK = 128 * 1024;

    /**
     * Writes all that is there from a time on, the oldest first, as JSON lines. Lines that cannot be read are left out.
     *
     * @throws IOException when the log is no file, or cannot be opened
     */
    void write(Instant from, OutputStream lines) throws IOException {
        if (Files.exists(log) && !Files.isRegularFile(log)) {
            throw new IOException(log + " is no file, so it cannot be read again"); // such as a terminal or a pipe
        }
        var text = new PrintWriter(
                new OutputStreamWriter(new BufferedOutputStream(lines, CHUNK), StandardCharsets.UTF_8), false);
        var filter = new FlowFilter().between(from.toEpochMilli(), Long.MAX_VALUE);
        new FlowLogReader(log, filter, new Listing(new JsonText(), text), new UnreadableLines()).readAll();
    }
}
