package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.rules.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of the log as offsets in its bytes. Nothing is copied until it is needed. A reader reuses the same object,
 * so a caller that keeps a line takes a {@link #copy}.
 */
public final class LogLine {

    private static final int FIELDS = Field.values().length;
    private static final int NONE = -1;
    /** A number that is missing from a line or invalid. */
    public static final long UNKNOWN = -1;
    /** FIN, SYN, RST and ACK: only SYN alone opens a connection. */
    private static final long OPENING_FLAGS = 0x17;

    private static final long SYN = 0x02;

    private static final int HIGHEST_PROTOCOL = 255;

    /** 9999-12-31T23:59:59Z. A later value is not accepted as a time. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    private final int[] from = new int[FIELDS];
    private final int[] to = new int[FIELDS];
    private byte[] values = {};
    private byte[] raw = {};
    private int rawFrom;
    private int rawTo;
    private boolean vpc;
    private boolean aggregate;
    private boolean asWritten;
    private boolean skipData;
    private long timeMillis;

    /** Begins a new line without any values. */
    void begin(byte[] bytes, int first, int end) {
        raw = bytes;
        rawFrom = first;
        rawTo = end;
        vpc = false;
        aggregate = false;
        asWritten = false;
        skipData = false;
        timeMillis = UNKNOWN;
        valuesIn(bytes);
    }

    void endAt(int end) {
        rawTo = end;
    }

    /** Clears all values; those set later refer to these bytes. */
    void valuesIn(byte[] bytes) {
        values = bytes;
        Arrays.fill(from, NONE);
    }

    void set(Field field, int first, int end) {
        from[field.place()] = first;
        to[field.place()] = end;
    }

    void clear(Field field) {
        from[field.place()] = NONE;
    }

    /**
     * Accepts the set values as a record of the VPC format.
     *
     * @param ofAws    whether it is AWS's own record, which sums up packets of one direction
     * @param standard whether it has the fields of version 2, and nothing before them
     */
    void readAsVpc(boolean ofAws, boolean standard, boolean skip) {
        vpc = true;
        aggregate = ofAws;
        asWritten = standard;
        skipData = skip;
        if (skip && has(Field.PACKETS)) {
            set(Field.LOST, from(Field.PACKETS), to(Field.PACKETS));
        }
        timeMillis = has(Field.LAST) ? lastMillis() : firstMillis();
        int protocol = protocol();
        if (protocol < 0 || !new Protocol(protocol).hasPorts()) {
            clear(Field.SPORT);
            clear(Field.DPORT);
        }
    }

    void setTimeMillis(long millis) {
        timeMillis = millis;
    }

    /** Reports whether the line has the fields that every line must have. */
    boolean isSound() {
        if (timeMillis < 0) {
            return false;
        }
        return isSkipData()
                ? aggregate || number(Field.LOST) > 0
                : number(Field.PACKETS) > 0
                        && (is(Field.VERDICT, LineWords.ACCEPT) || is(Field.VERDICT, LineWords.REJECT));
    }

    /** Reports whether the line stands for decisions that are not in the log. */
    public boolean isSkipData() {
        return skipData || has(Field.LOST);
    }

    public boolean accepted() {
        return has(Field.VERDICT) && values[from[Field.VERDICT.place()]] == 'A';
    }

    /** The time in milliseconds since 1970-01-01T00:00:00Z. */
    public long timeMillis() {
        return timeMillis;
    }

    /**
     * When the last of the packets came, in milliseconds since 1970-01-01T00:00:00Z: a line that stands for several is written
     * later than they came.
     */
    public long happenedMillis() {
        if (!has(Field.LAST) || isSameText(Field.TIME, Field.LAST)) {
            return timeMillis; // nearly always, and told quickly
        }
        long last = lastMillis();
        return last < 0 ? timeMillis : last;
    }

    private boolean isSameText(Field one, Field other) {
        return has(one) && has(other) && Arrays.equals(values, from(one), to(one), values, from(other), to(other));
    }

    public long firstMillis() {
        return millis(Field.FIRST);
    }

    public long lastMillis() {
        return millis(Field.LAST);
    }

    private long millis(Field field) {
        if (vpc) {
            long seconds = number(field);
            return seconds < 0 || seconds > LATEST_SECOND ? UNKNOWN : seconds * 1000;
        }
        return has(field) ? Timestamps.parse(values, from[field.place()], to[field.place()]) : UNKNOWN;
    }

    /**
     * Reports whether this is a TCP connection whose opening the record does not show, so that either end may have opened it:
     * SYN alone opens one.
     */
    public boolean isMidStream() {
        long flags = number(Field.TCP_FLAGS);
        return flags >= 0 && (flags & OPENING_FLAGS) != SYN;
    }

    public boolean isVpc() {
        return vpc;
    }

    /**
     * Reports whether the line sums up packets of one direction, as AWS's own records do. These may be a connection or
     * the answers of one. All other lines are decisions about packets that open a connection.
     */
    public boolean isAggregate() {
        return aggregate;
    }

    /**
     * Reports whether {@link #raw} is a version 2 line that any reader of the format knows, with or without our three
     * fields.
     */
    public boolean isStandardVpc() {
        return asWritten;
    }

    public boolean has(Field field) {
        return from[field.place()] != NONE;
    }

    boolean is(Field field, byte[] word) {
        int first = from[field.place()];
        return first != NONE && Arrays.equals(values, first, to[field.place()], word, 0, word.length);
    }

    /**
     * A number of up to 18 digits, or {@link #UNKNOWN}. It is 1 for the packets of an AWS
     * record that does not count them.
     */
    public long number(Field field) {
        int first = from[field.place()];
        if (first == NONE && aggregate && field == Field.PACKETS) {
            return 1;
        }
        return first == NONE ? UNKNOWN : Digits.parse(values, first, to[field.place()]);
    }

    /** The protocol's number, or {@link #UNKNOWN}. */
    public int protocol() {
        if (is(Field.PROTOCOL, LineWords.TCP)) {
            return Protocol.TCP.number();
        }
        long number = number(Field.PROTOCOL);
        if (number > 0 && number <= HIGHEST_PROTOCOL) {
            return (int) number; // every record of the VPC format, told without a text
        }
        return Protocol.parse(text(Field.PROTOCOL)).map(Protocol::number).orElse((int) UNKNOWN);
    }

    /** The value, if there is one. */
    public String text(Field field) {
        int first = from[field.place()];
        return first == NONE ? "" : new String(values, first, to[field.place()] - first, StandardCharsets.UTF_8);
    }

    /** The bytes to which {@link #from} and {@link #to} refer. */
    public byte[] values() {
        return values;
    }

    public int from(Field field) {
        return from[field.place()];
    }

    public int to(Field field) {
        return to[field.place()];
    }

    /** The whole line as it is in the file, without its line end. */
    public String raw() {
        return new String(raw, rawFrom, rawTo - rawFrom, StandardCharsets.UTF_8);
    }

    /** A copy of the line with its own bytes. */
    public LogLine copy() {
        var copy = new LogLine();
        copy.raw = Arrays.copyOfRange(raw, rawFrom, rawTo);
        copy.rawTo = copy.raw.length;
        copy.vpc = vpc;
        copy.aggregate = aggregate;
        copy.asWritten = asWritten;
        copy.skipData = skipData;
        copy.timeMillis = timeMillis;
        boolean elsewhere = values != raw;
        copy.values = elsewhere ? values.clone() : copy.raw;
        for (int i = 0; i < FIELDS; i++) {
            copy.from[i] = elsewhere || from[i] == NONE ? from[i] : from[i] - rawFrom;
            copy.to[i] = elsewhere ? to[i] : to[i] - rawFrom;
        }
        return copy;
    }
}
