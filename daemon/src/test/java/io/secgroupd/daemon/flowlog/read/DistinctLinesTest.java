package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.DecidedLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal decisions of a log become one, with their number and their times. */
class DistinctLinesTest {

    private static final String SYN = DecidedLine.accept("ingress", "app-1", "sg-app")
            .tcp("198.51.100.7", "10.0.1.10", 443)
            .at(1)
            .text();

    @Test
    void equalDecisionsAreHandedOnOnceWithAllTheirPackets() throws IOException {
        String later = DecidedLine.accept("ingress", "app-1", "sg-app")
                .tcp("198.51.100.7", "10.0.1.10", 443)
                .at(7)
                .packets(4)
                .text();

        assertThat(distinct(later, SYN, SYN))
                .containsExactly("app-1 198.51.100.7 443 6 2026-11-24T12:00:01Z 2026-11-24T12:00:07Z");
    }

    @Test
    void anotherPortSourceOrInstanceIsAnotherDecision() throws IOException {
        assertThat(distinct(
                        SYN,
                        SYN.replace("\"dport\":443", "\"dport\":444"),
                        SYN.replace("198.51.100.7", "198.51.100.70"),
                        SYN.replace("app-1", "app-10")))
                .hasSize(4);
    }

    @Test
    void theSourcePortMattersOnlyWhereItMayTellWhoOpenedTheConnection() throws IOException {
        String other = SYN.replace("40000", "40001");
        assertThat(distinct(SYN, other)).hasSize(1);
        assertThat(distinct(ack(SYN), ack(other))).hasSize(2);
    }

    private static String ack(String line) {
        return line.replace("\"tcp_flags\":2", "\"tcp_flags\":16");
    }

    @Test
    void aVerdictMattersOnlyWhereNoInstanceAnswered() throws IOException {
        String refused =
                SYN.replace("ACCEPT", "REJECT").replace("\"rule\",\"direction\"", "\"no-matching-rule\",\"direction\"");
        assertThat(distinct(SYN, refused)).hasSize(1);
        String open = SYN.replace("\"reason\":\"rule\"", "\"reason\":\"no-instance\"");
        assertThat(distinct(open, open.replace("ACCEPT", "REJECT"))).hasSize(2);
    }

    @Test
    void whatAwsSumsUpIsHandedOnAsItComes() throws IOException {
        String record = "2 123456789010 eni-1 198.51.100.7 10.0.1.10 40000 443 6 9 900 1795521600 1795521660 ACCEPT OK";

        var sink = read(record, record);

        assertThat(sink.distinct).isEmpty();
        assertThat(sink.lines).isEqualTo(2);
    }

    @Test
    void moreThanAreRememberedAreCounted() {
        var sink = new Gathered();
        var distinct = new DistinctLines(sink);
        var line = new LogLine();
        for (int i = 0; i < DistinctLines.MOST + 3; i++) {
            byte[] text = SYN.replace("app-1", "app-" + i).getBytes(StandardCharsets.UTF_8);
            assertThat(OwnJson.parse(line, text, 0, text.length)).isPositive();
            distinct.line(line);
        }

        distinct.pause();

        assertThat(sink.distinct).hasSize(DistinctLines.MOST);
        assertThat(sink.left).isEqualTo(3);
    }

    private static List<String> distinct(String... lines) throws IOException {
        return read(lines).distinct;
    }

    private static Gathered read(String... lines) throws IOException {
        var sink = new Gathered();
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        LineStream.read(new ByteArrayInputStream(text), Path.of("log"), new DistinctLines(sink), new UnreadableLines());
        return sink;
    }

    private static final class Gathered implements DistinctLines.DistinctSink {
        private final List<String> distinct = new ArrayList<>();
        private int lines;
        private long left;

        @Override
        public void line(LogLine line) {
            lines++;
        }

        @Override
        public void distinct(LogLine line, long packets, long first, long last) {
            distinct.add(line.text(Field.INSTANCE) + " " + line.text(Field.SRC) + " " + line.text(Field.DPORT) + " "
                    + packets + " " + Instant.ofEpochMilli(first) + " " + Instant.ofEpochMilli(last));
        }

        @Override
        public void notGathered(long packets) {
            left += packets;
        }
    }
}
