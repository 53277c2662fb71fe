package io.secgroupd.daemon.flowlog.read;

/** Takes the lines that were asked for. */
public interface LineSink {

    /** Takes one. The line is reused afterwards, so a sink that keeps it must take a copy. */
    void line(LogLine line);

    /** Nothing more has been written for now. */
    default void pause() {}

    /** Reports whether nobody reads the output any more. */
    default boolean isClosed() {
        return false;
    }
}
