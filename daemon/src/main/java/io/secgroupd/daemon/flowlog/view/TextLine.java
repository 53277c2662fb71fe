package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.Role;
import io.secgroupd.rules.text.Printable;
import java.util.Locale;

/**
 * A line in columns, at most 120 characters even with IPv6: the time, the verdict and service, the two ends, and the
 * reason. Behind them stands the unit, where one is known.
 */
public final class TextLine implements LineText {

    private static final int TIME = 14;
    private static final int VERDICT = 6;
    private static final int DIRECTION = 3;
    private static final int SERVICE = 12;
    private static final int ADDRESS = 20;
    private static final int INSTANCE = 10;
    private static final int WHY = Style.WIDTH - (TIME + VERDICT + DIRECTION + SERVICE + 2 * ADDRESS + INSTANCE + 7);
    /** Of a longer name the beginning is shown. */
    private static final int UNIT = 40;

    private static final int SHORTEST_GROUP = 11;
    private static final byte DELETE = 127;

    private final Style style;
    private final String accept;
    private final String reject;
    private final UtcClock clock = new UtcClock();

    public TextLine(Style style) {
        this.style = style;
        this.accept = style.green("ACCEPT");
        this.reject = style.red("REJECT");
    }

    @Override
    public String header() {
        String names = style.pad("UTC", TIME) + " " + style.pad("", VERDICT + 1 + DIRECTION) + " "
                + style.pad("SERVICE", SERVICE) + " " + style.pad("SOURCE", ADDRESS) + " "
                + style.pad("DESTINATION", ADDRESS) + " " + style.pad("INSTANCE", INSTANCE) + " WHY";
        return style.dim(names) + "\n";
    }

    @Override
    public void append(LogLine line, StringBuilder out) {
        clock.append(line.happenedMillis(), out);
        out.append(' ');
        if (line.isSkipData()) {
            lost(line, out);
        } else {
            decision(line, out);
        }
        out.append('\n');
    }

    private void lost(LogLine line, StringBuilder out) {
        String sentence = line.has(Field.LOST)
                ? String.format(
                        Locale.ROOT,
                        "LOST   %,d decisions are not in the log: it had no room for them",
                        line.number(Field.LOST))
                : "LOST   AWS has skipped records (SKIPDATA): it does not say how many";
        out.append(style.yellow(sentence));
    }

    private void decision(LogLine line, StringBuilder out) {
        out.append(line.accepted() ? accept : reject).append(' ');
        column(direction(line), DIRECTION, out);
        service(line, out);
        column(line, Field.SRC, ADDRESS, out);
        column(line, Field.DST, ADDRESS, out);
        column(line, Field.INSTANCE, INSTANCE, out);
        if (line.has(Field.RULE)) {
            rule(line, out);
        } else {
            out.append(style.fit(refusal(line), WHY));
        }
        if (line.has(Field.UNIT)) {
            out.append(' ');
            value(line, Field.UNIT, UNIT, out);
        }
    }

    private static String direction(LogLine line) {
        if (!line.has(Field.DIRECTION)) {
            return "";
        }
        return line.values()[line.from(Field.DIRECTION)] == 'i' ? "in" : "out";
    }

    private void service(LogLine line, StringBuilder out) {
        int begin = out.length();
        if (line.isVpc() || !line.has(Field.DPORT)) {
            out.append(style.fit(Printable.shown(ServiceText.of(line)), SERVICE));
        } else {
            value(line, Field.PROTOCOL, SERVICE, out);
            out.append(' ');
            value(line, Field.DPORT, SERVICE, out);
        }
        pad(out, begin + SERVICE + 1);
    }

    private void column(LogLine line, Field field, int width, StringBuilder out) {
        int begin = out.length();
        value(line, field, width, out);
        pad(out, begin + width + 1);
    }

    private void column(String text, int width, StringBuilder out) {
        int begin = out.length();
        out.append(style.fit(text, width));
        pad(out, begin + width + 1);
    }

    private static void pad(StringBuilder out, int end) {
        while (out.length() < end) {
            out.append(' ');
        }
    }

    /** Appends at most that number of characters. Most values are short and plain, and need no string of their own. */
    private void value(LogLine line, Field field, int width, StringBuilder out) {
        int begin = out.length();
        byte[] bytes = line.values();
        int from = line.has(field) ? line.from(field) : 0;
        int to = line.has(field) ? line.to(field) : 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] == DELETE || to - from > width) {
                out.setLength(begin);
                out.append(style.fit(Printable.shown(line.text(field)), width));
                return;
            }
            out.append((char) bytes[i]);
        }
        if (from == to) {
            out.append('-');
        }
    }

    /** Repeats of a SYN are no further connections, so the line says that in place of the group. */
    private static String repeats(LogLine line) {
        return "repeat x" + line.number(Field.PACKETS);
    }

    private String refusal(LogLine line) {
        long packets = line.number(Field.PACKETS);
        String reason = line.has(Field.REASON) ? Printable.shown(line.text(Field.REASON)) : role(line);
        return reason + (line.has(Field.OBSERVED) ? " observed" : "") + (packets > 1 ? " x" + packets : "");
    }

    private static String role(LogLine line) {
        return Role.of(line) == Role.REPLY ? "reply" : "-";
    }

    private void rule(LogLine line, StringBuilder out) {
        int rule = line.to(Field.RULE) - line.from(Field.RULE);
        int begin = out.length();
        int group = Math.max(SHORTEST_GROUP, WHY - 1 - rule);
        if (line.has(Field.REPEAT)) {
            out.append(style.fit(repeats(line), group));
        } else {
            value(line, Field.GROUP, group, out);
        }
        int room = WHY - 1 - (out.length() - begin);
        out.append(' ');
        value(line, Field.RULE, room, out);
    }
}
