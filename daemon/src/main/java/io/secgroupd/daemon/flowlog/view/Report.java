package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.flowlog.read.LineSink;
import java.io.IOException;

/** A summary of many lines. */
public interface Report extends LineSink {

    /** The number of lines of decisions in the summary. */
    long decisions();

    /** The report for people, in lines of at most 120 characters. */
    String text(Style style);

    /** The report for programs, as one value. */
    void json(JsonGenerator json) throws IOException;
}
