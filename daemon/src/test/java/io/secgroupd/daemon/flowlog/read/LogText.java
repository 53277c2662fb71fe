package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Lines and files of a flow log for tests. */
public final class LogText {

    private LogText() {}

    /** An accept of MySQL at 12:00 and so many seconds. */
    public static String accept(int seq) {
        return """
                {"time":"%1$s","seq":%2$d,"start":"ab12cd34","host":"db.example",\
                "verdict":"ACCEPT","reason":"rule","direction":"ingress","instance":"orders-1",\
                "group":"sg-db","rule":"sgr-mysql","protocol":"tcp",\
                "src":"10.0.1.10","sport":40000,"dst":"10.0.2.10","dport":3306,\
                "icmp_type":null,"icmp_code":null,"tcp_flags":2,"in":"eth0","generation":7,\
                "packets":1,"first":"%1$s","last":"%1$s"}
                """.formatted(time(seq), seq);
    }

    private static String time(int second) {
        return "2026-11-24T12:%02d:%02d.000Z".formatted(second / 60, second % 60);
    }

    /** A reject of SSH over IPv6, of so many packets. */
    public static String reject(int seq, int packets) {
        return accept(seq)
                .replace("ACCEPT\",\"reason\":\"rule\"", "REJECT\",\"reason\":\"no-matching-rule\"")
                .replace("\"sg-db\",\"rule\":\"sgr-mysql\"", "null,\"rule\":null")
                .replace("10.0.1.10", "2001:db8:ffff:1:5054:ff:fe12:3456")
                .replace("10.0.2.10", "2001:db8:2::10")
                .replace("3306", "22")
                .replace("\"packets\":1,", "\"packets\":" + packets + ",");
    }

    /** So many decisions are missing. */
    public static String lost(int seq, int count) {
        return """
                {"time":"%s","seq":%d,"start":"ab12cd34","host":"db.example",\
                "skipdata":true,"lost":%d}
                """.formatted(time(seq), seq, count);
    }

    /** The same accept as a VPC line, whose last packet was so many seconds after 12:00. */
    public static String vpcAccept(int second) {
        long end = 1_795_521_600L + second;
        return "2 db.example orders-1 10.0.1.10 10.0.2.10 40000 3306 6 1 40 " + end + " " + end
                + " ACCEPT OK sg-db sgr-mysql rule\n";
    }

    /** Lines of either format, as a reader hands them over, without the header lines; each has bytes of its own. */
    public static List<LogLine> parsed(String... lines) {
        var parser = new LineParser();
        var parsed = new ArrayList<LogLine>();
        for (String text : lines) {
            byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
            var line = new LogLine();
            switch (parser.parse(line, bytes, 0, bytes.length)) {
                case LINE -> parsed.add(line.copy());
                case NOTHING -> {
                    // A header line names the fields of those behind it.
                }
                default -> throw new IllegalArgumentException("no line of a flow log: " + text);
            }
        }
        return parsed;
    }

    /** Writes at the end of a file, which need not exist. */
    public static void append(Path file, String lines) {
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void gzip(Path file, String lines) {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
