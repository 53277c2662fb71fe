package io.secgroupd.daemon.flowlog;

import java.nio.charset.StandardCharsets;

/**
 * What somebody gets who looks at the log and does not keep it, such as a console: as many lines a second as anybody can look at,
 * and the numbers of all others. A busy log takes two processors to write; to have all of it read by another program as well would
 * slow whatever is logged.
 */
final class BriefLines {

    /**
     * The greatest number of lines of accepted packets in a second, and of refused ones; after silence, as many at once. It is what
     * a page of the console shows.
     */
    static final int PER_SECOND = 250;

    /**
     * Lines are handed over no more often than this, because each time wakes their reader. The console answers its pages no more
     * often.
     */
    static final long EVERY_MILLIS = 500;

    private static final byte[] LEFT_OUT = text("{\"left_out\":");
    private static final byte[] ACCEPTED = text(",\"accepted\":");
    private static final byte[] REFUSED = text(",\"refused\":");

    private final LineBudget accepted = new LineBudget(PER_SECOND, PER_SECOND);
    private final LineBudget refused = new LineBudget(PER_SECOND, PER_SECOND);
    private final LineBuffer lines = new LineBuffer(4096);
    private long leftOut;
    private long acceptedPackets;
    private long refusedPackets;
    private long handedOver = Long.MIN_VALUE;

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reports whether the line of this record is to be added; one that is not is counted. */
    boolean takes(FlowRecord record, long now) {
        boolean isAccepted = record.decision().accepted();
        if ((isAccepted ? accepted : refused).take(now)) {
            return true;
        }
        leftOut++;
        if (isAccepted) {
            acceptedPackets += record.packets();
        } else {
            refusedPackets += record.packets();
        }
        return false;
    }

    /** Where lines are added. */
    LineBuffer lines() {
        return lines;
    }

    /** Reports whether there is something to hand over, and the last time was long enough ago. */
    boolean isDue(long now) {
        boolean isNew = lines.size() > 0 || leftOut > 0;
        boolean isTime = now >= handedOver + EVERY_MILLIS || now < handedOver; // the clock may have been set back
        return isNew && isTime;
    }

    /** Hands over what has come since the last time. */
    byte[] handOver(long now) {
        if (leftOut > 0) {
            lines.put(LEFT_OUT).put(leftOut).put(ACCEPTED).put(acceptedPackets);
            lines.put(REFUSED).put(refusedPackets).put('}').put('\n');
        }
        byte[] all = lines.copy();
        handedOver = now;
        forget();
        return all;
    }

    /** Forgets what has come since the last time. */
    void forget() {
        lines.clear();
        leftOut = 0;
        acceptedPackets = 0;
        refusedPackets = 0;
    }
}
