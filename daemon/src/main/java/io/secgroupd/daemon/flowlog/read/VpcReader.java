package io.secgroupd.daemon.flowlog.read;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the VPC format of one file: AWS's default, the same followed by this program's three fields, or the fields that
 * a header line names. A record may be preceded by what CloudWatch adds when it exports a log.
 */
final class VpcReader {

    /** The words before a record: a time of one or two words, an id, and the name of a stream. */
    private static final int MOST_IN_FRONT = 4;

    private static final byte[] EVENTS = LineWords.of("EVENTS");
    private static final byte[] VERSION_2 = LineWords.of("2");

    private final VpcWords words = new VpcWords();
    private @Nullable VpcLayout named;
    private boolean unusable;

    LineParser.LineKind parse(LogLine line, byte[] bytes, int from, int to) {
        if (!words.split(bytes, from, to)) {
            return LineParser.LineKind.DAMAGED;
        }
        Optional<VpcLayout> header =
                isLetter(bytes[words.from(0)]) ? VpcLayout.ofHeader(words.texts()) : Optional.empty();
        if (header.isPresent()) {
            named = header.get();
            unusable = !named.missing().isEmpty();
            return unusable ? LineParser.LineKind.UNUSABLE_HEADER : LineParser.LineKind.NOTHING;
        }
        if (unusable) {
            return LineParser.LineKind.UNNAMED;
        }
        return named == null ? unnamed(line) : record(line, named);
    }

    private static boolean isLetter(byte value) {
        return Character.isLetter(value) || value == '$';
    }

    private LineParser.LineKind unnamed(LogLine line) {
        VpcLayout layout = fits(VpcLayout.OURS) ? VpcLayout.OURS : VpcLayout.AWS;
        if (fits(layout)) {
            return record(line, layout);
        }
        return looksLikeARecord() ? LineParser.LineKind.UNNAMED : LineParser.LineKind.DAMAGED;
    }

    private boolean fits(VpcLayout layout) {
        int first = first(layout);
        return first >= 0 && words.is(first, VERSION_2);
    }

    private boolean looksLikeARecord() {
        int last = words.count() - 1;
        for (int i = 0; i <= last; i++) {
            if (words.is(i, LineWords.ACCEPT) || words.is(i, LineWords.REJECT) || words.is(i, LineWords.NODATA)) {
                return last >= MOST_IN_FRONT;
            }
        }
        return false;
    }

    /** The start of the record after the words before it; negative when this is not a record of that layout. */
    private int first(VpcLayout layout) {
        boolean event = words.is(0, EVENTS);
        int behind = event ? 1 : 0; // the time again
        int front = words.count() - layout.size() - behind;
        boolean fits = front == 0 || (front > 0 && front <= MOST_IN_FRONT && (event || words.isTime(0)));
        return fits ? front : -1;
    }

    private LineParser.LineKind record(LogLine line, VpcLayout layout) {
        int first = first(layout);
        if (first < 0) {
            return LineParser.LineKind.DAMAGED;
        }
        int status = layout.status() < 0 ? -1 : first + layout.status();
        if (status >= 0 && words.is(status, LineWords.NODATA)) {
            return LineParser.LineKind.NOTHING;
        }
        layout.set(line, words, first);
        boolean skipData = status >= 0 && words.is(status, LineWords.SKIPDATA);
        if (!skipData && status >= 0 && !words.is(status, LineWords.OK)) {
            return LineParser.LineKind.DAMAGED;
        }
        if (!skipData && !line.has(Field.VERDICT) && !line.has(Field.SRC)) {
            return LineParser.LineKind.NOTHING; // NODATA when the fields do not say so
        }
        boolean written = first == 0 && (layout == VpcLayout.AWS || layout == VpcLayout.OURS);
        line.readAsVpc(!layout.isOurs(), written, skipData);
        if (line.timeMillis() < 0 && first > 0) {
            line.setTimeMillis(words.time(0));
        }
        return line.isSound() ? LineParser.LineKind.LINE : LineParser.LineKind.DAMAGED;
    }

    /** The essential fields that the header line does not name. */
    String missing() {
        return named == null ? "" : String.join(", ", named.missing());
    }
}
