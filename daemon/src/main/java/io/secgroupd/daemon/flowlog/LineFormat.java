package io.secgroupd.daemon.flowlog;

import java.io.ByteArrayOutputStream;

/** Decisions as lines of bytes, each with its line end. */
interface LineFormat {

    void decision(long sequence, FlowRecord record, ByteArrayOutputStream out);

    /** Says that this many decisions are missing here. */
    void skipped(long sequence, long epochMillis, long lost, ByteArrayOutputStream out);
}
