package io.secgroupd.daemon.flowlog.read;

/** Takes the selected lines. */
public interface LineSink {

    /** Takes a line. The line is reused afterwards, so a sink that keeps it must copy it. */
    void line(LogLine line);

    /** Called when there is nothing more to read for now. */
    default void pause() {}

    /** Reports whether nobody reads the output any more. */
    default boolean isClosed() {
        return false;
    }
}
