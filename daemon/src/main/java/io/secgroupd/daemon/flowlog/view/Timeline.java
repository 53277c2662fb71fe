package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Packets over time, in short intervals that are merged into a dozen rows once the whole length is known. */
final class Timeline {

    private static final long PIECE = 10_000;
    private static final int MOST_ROWS = 12;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long[] STEPS = {
        PIECE,
        30_000,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY,
        90 * DAY,
        365 * DAY
    };

    private final Map<Long, TimeSlice> pieces = new HashMap<>();
    private TimeSlice latest = new TimeSlice(-1);

    /** Ten seconds. */
    private static final class TimeSlice {
        private final long number;
        private long accepted;
        private long rejected;

        TimeSlice(long number) {
            this.number = number;
        }
    }

    void add(long millis, boolean accept, long packets) {
        long number = millis / PIECE;
        if (number != latest.number) {
            latest = pieces.computeIfAbsent(number, TimeSlice::new);
        }
        if (accept) {
            latest.accepted += packets;
        } else {
            latest.rejected += packets;
        }
    }

    /** The rows from the first packet to the last without a gap; the key of a row is the time at which it begins. */
    List<KeyCount> rows() {
        if (pieces.isEmpty()) {
            return List.of();
        }
        long first = pieces.keySet().stream().mapToLong(Long::longValue).min().orElse(0) * PIECE;
        long last = pieces.keySet().stream().mapToLong(Long::longValue).max().orElse(0) * PIECE;
        long step = step(first, last);
        var accepted = new long[(int) (last / step - first / step) + 1];
        var rejected = new long[accepted.length];
        for (TimeSlice piece : pieces.values()) {
            int row = (int) (piece.number * PIECE / step - first / step);
            accepted[row] += piece.accepted;
            rejected[row] += piece.rejected;
        }
        DateTimeFormatter format = format(last - first, step);
        List<KeyCount> rows = new ArrayList<>();
        for (int i = 0; i < accepted.length; i++) {
            Instant begin = Instant.ofEpochMilli((first / step + i) * step);
            rows.add(new KeyCount(format.format(begin), accepted[i], rejected[i]));
        }
        return rows;
    }

    private static long step(long first, long last) {
        for (long step : STEPS) {
            if (last / step - first / step < MOST_ROWS) {
                return step;
            }
        }
        return Math.max(1, last);
    }

    private static DateTimeFormatter format(long length, long step) {
        String pattern =
                step < MINUTE ? "HH:mm:ss" : length < DAY ? "HH:mm" : step < DAY ? "MM-dd HH:mm" : "uuuu-MM-dd";
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }
}
