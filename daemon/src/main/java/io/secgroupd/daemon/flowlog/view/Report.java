package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.flowlog.read.LineSink;
import java.io.IOException;

/** A summary of many lines. */
public interface Report extends LineSink {

    /** Lines of decisions that it counts. */
    long decisions();

    /** For people: lines of at most 120 characters. */
    String text(Style style);

    /** For programs: one value. */
    void json(JsonGenerator json) throws IOException;
}
