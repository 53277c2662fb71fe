package io.secgroupd.daemon.faults;

import java.time.Duration;

/**
 * What was measured during a fault.
 *
 * @param gap         the longest time in which an open door let nobody in
 * @param open        from the first to the last answer of a shut door
 * @param echo        the longest that a byte took over the established connection
 * @param sent        first packets that went to the host or came out of it
 * @param recorded    decisions in the flow log, of all starts of the daemon
 * @param lost        records of which the log says that it had no room
 * @param queueFull   packets that the kernel dropped because the queue was full
 * @param bufferFull  packets that the kernel dropped because the socket's buffer was full
 */
record Figures(
        Duration gap,
        Duration open,
        Duration echo,
        long sent,
        long recorded,
        long lost,
        long queueFull,
        long bufferFull) {

    static final Figures NONE = new Figures(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0);

    /** Packets of which no counter tells: judged by nobody, or by a daemon that was killed before it wrote. Below 0 where one connection
     * was judged more than once. */
    long unjudged() {
        return sent - recorded - lost - queueFull - bufferFull;
    }

    /** Such as {@code 3100 sent = 3000 logged + 60 queue full + 40 not judged; 0 records lost}. */
    String packets() {
        return sent + " sent = " + recorded + " logged" + part(queueFull, "queue full")
                + part(bufferFull, "buffer full") + part(lost, "not logged") + part(unjudged(), "not judged")
                + (unjudged() < 0 ? " - " + -unjudged() + " judged again" : "") + "; "
                + lost + " records lost";
    }

    private static String part(long count, String what) {
        return count <= 0 ? "" : " + " + count + " " + what;
    }
}
