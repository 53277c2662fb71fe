package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.LogLine;

/** Turns a line of the log, in either format, into a line for the reader. */
public interface LineText {

    /** The heading above the first line, with its line end, or nothing. */
    default String header() {
        return "";
    }

    /** Appends one line with its line end. */
    void append(LogLine line, StringBuilder out);
}
