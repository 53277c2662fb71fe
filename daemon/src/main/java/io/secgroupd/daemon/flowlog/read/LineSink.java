package io.secgroupd.daemon.flowlog.read;

/** What becomes of the lines that were asked for. */
public interface LineSink {

    /** Takes one. It is filled anew afterwards: who keeps it takes a copy. */
    void line(LogLine line);

    /** Nothing more has been written for now. */
    default void pause() {}

    /** Reports whether nobody takes what comes of it any more. */
    default boolean isClosed() {
        return false;
    }
}
