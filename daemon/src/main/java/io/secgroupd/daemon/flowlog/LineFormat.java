package io.secgroupd.daemon.flowlog;

/** Formats decisions as lines of bytes, each with its line end. */
interface LineFormat {

    /**
     * Writes one decision, or several equal ones.
     *
     * @param epochMillis the time at which the record is made; its packets may be earlier
     */
    void decision(long sequence, long epochMillis, FlowRecord record, LineBuffer out);

    /** Writes that this many decisions are missing here. */
    void skipped(long sequence, long epochMillis, long lost, LineBuffer out);
}
