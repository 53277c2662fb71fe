package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.flowlog.read.LineSink;
import java.io.IOException;

/** A summary of many lines. */
public interface Report extends LineSink {

    /** Adds a line and counts it if it is one of a decision. */
    long decisions();

    /** The report for people, in lines of at most 120 characters. */
    String text(Style style);

    /** The report for programs, as one value. */
    void json(JsonGenerator json) throws IOException;
}
