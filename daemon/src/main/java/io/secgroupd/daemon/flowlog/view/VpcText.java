package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Printable;
import java.util.regex.Pattern;

/** Passes VPC lines through unchanged and reduces JSON lines to the fields of that format. */
public final class VpcText implements LineText {

    private static final String NONE = "-";
    private static final Pattern BREAKS_FIELDS = Pattern.compile("[\\s\\p{Cntrl}]");

    @Override
    public void append(LogLine line, StringBuilder out) {
        if (line.isStandardVpc()) {
            out.append(Printable.shown(line.raw())).append('\n');
        } else if (line.isSkipData()) {
            loss(line, out);
        } else {
            decision(line, out);
        }
    }

    private static void loss(LogLine line, StringBuilder out) {
        long second = line.timeMillis() / 1000;
        out.append("2 ").append(field(line, Field.HOST)).append(" - - - - - - ").append(field(line, Field.LOST));
        out.append(" - ").append(second).append(' ').append(second).append(" - SKIPDATA - - -\n");
    }

    private static void decision(LogLine line, StringBuilder out) {
        out.append('2');
        add(out, field(line, Field.HOST));
        add(out, field(line, Field.INSTANCE));
        add(out, field(line, Field.SRC));
        add(out, field(line, Field.DST));
        add(out, port(line, Field.SPORT));
        add(out, port(line, Field.DPORT));
        add(out, line.protocol() < 0 ? NONE : Integer.toString(line.protocol()));
        add(out, field(line, Field.PACKETS));
        add(out, field(line, Field.BYTES));
        add(out, seconds(line.firstMillis(), line));
        add(out, seconds(line.lastMillis(), line));
        add(out, field(line, Field.VERDICT));
        add(out, "OK");
        add(out, field(line, Field.GROUP));
        add(out, field(line, Field.RULE));
        add(out, field(line, Field.REASON));
        out.append('\n');
    }

    private static String seconds(long millis, LogLine line) {
        return Long.toString((millis < 0 ? line.timeMillis() : millis) / 1000);
    }

    /** A protocol without ports has 0 there, as AWS writes it for ICMP; an unreadable packet has no ports. */
    private static String port(LogLine line, Field field) {
        int protocol = line.protocol();
        return protocol >= 0 && !new Protocol(protocol).hasPorts() ? "0" : field(line, field);
    }

    private static void add(StringBuilder out, String field) {
        out.append(' ').append(field);
    }

    private static String field(LogLine line, Field field) {
        String text = line.text(field);
        return text.isEmpty()
                ? NONE
                : BREAKS_FIELDS.matcher(Printable.shown(text)).replaceAll("_");
    }
}
