package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.flowlog.Records.ACCEPTED;
import static io.secgroupd.daemon.flowlog.Records.NOON;
import static io.secgroupd.daemon.flowlog.Records.REFUSED;
import static io.secgroupd.daemon.flowlog.Records.record;
import static io.secgroupd.daemon.packet.PacketBuilder.icmp;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.PacketView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line never has the end of another: each, after each other one, is what it is where it comes first. */
class LineTailTest {

    private static final byte[] MYSQL = tcp("10.0.1.10", "10.0.2.10", 3306, "S");

    /** Each differs from the first in one thing that a line says. */
    private static List<FlowRecord> records() {
        FlowRecord twice = record(NOON, ACCEPTED, MYSQL);
        twice.absorb(record(NOON, ACCEPTED, MYSQL));
        FlowRecord longer = record(NOON, ACCEPTED, MYSQL);
        longer.absorb(record(NOON + 1, ACCEPTED, MYSQL));
        FlowRecord repeat = record(NOON, ACCEPTED, MYSQL);
        repeat.markRepeat();
        FlowRecord named = record(NOON, ACCEPTED, MYSQL);
        named.unit("mariadb.service");
        FlowRecord otherwise = record(NOON, ACCEPTED, MYSQL);
        otherwise.unit("mysql.service");
        return List.of(
                record(NOON, ACCEPTED, MYSQL),
                record(NOON, REFUSED, MYSQL),
                record(NOON + 1, ACCEPTED, MYSQL),
                record(NOON, ACCEPTED, tcp("10.0.1.11", "10.0.2.10", 3306, "S")),
                record(NOON, ACCEPTED, tcp("10.0.1.10", 40001, "10.0.2.10", 3306, "S")),
                record(NOON, ACCEPTED, tcp("10.0.1.10", "10.0.2.11", 3306, "S")),
                record(NOON, ACCEPTED, tcp("10.0.1.10", "10.0.2.10", 3307, "S")),
                record(NOON, ACCEPTED, tcp("10.0.1.10", "10.0.2.10", 3306, "SF")),
                record(NOON, ACCEPTED, tcp("2001:db8::7", "2001:db8:2::10", 3306, "S")),
                record(NOON, ACCEPTED, tcp("2001:db8::7", "2001:db8:3::10", 3306, "S")),
                record(NOON, ACCEPTED, udp("10.0.1.10", "10.0.2.10", 3306)),
                record(NOON, ACCEPTED, icmp("10.0.1.10", "10.0.2.10", 8, 7)),
                record(NOON, ACCEPTED, icmp("10.0.1.10", "10.0.2.10", 13, 7)),
                Records.shadowed(NOON, ACCEPTED, REFUSED, MYSQL),
                Records.repeated(MYSQL),
                twice,
                longer,
                repeat,
                named,
                otherwise,
                judged(2, 7, false),
                judged(1, 8, false),
                judged(1, 7, true));
    }

    private static FlowRecord judged(int interfaceIndex, long generation, boolean observed) {
        PacketView view = Records.view(MYSQL);
        var record = new FlowRecord();
        record.fill(
                NOON,
                ACCEPTED,
                null,
                observed,
                view,
                view.length(),
                view.tcpFlags(),
                view.tcpSequence(),
                interfaceIndex,
                generation,
                LocalEnd.DESTINATION);
        return record;
    }

    private static String first(FlowRecord record) {
        var out = new LineBuffer(16);
        format().decision(1, NOON, record, out);
        return out.toString();
    }

    private static LineFormat format() {
        return new JsonFormat("ab12cd34", "db.example", index -> "eth" + index);
    }

    @Test
    void eachLineAfterEachOtherIsTheLineOfItsOwnRecord() {
        for (FlowRecord before : records()) {
            for (FlowRecord after : records()) {
                LineFormat format = format();
                var out = new LineBuffer(16);
                format.decision(1, NOON, before, out);
                int begin = out.size();
                format.decision(1, NOON, after, out);

                assertThat(out.toString().substring(begin)).isEqualTo(first(after));
            }
        }
        assertThat(records().stream().map(LineTailTest::first)).doesNotHaveDuplicates();
    }

    @Test
    void anEndThatIsKeptIsTheSame() {
        var out = new LineBuffer(16);
        var tail = new LineTail();
        out.put('a').put('b').put('c');
        tail.keep(record(NOON, ACCEPTED, MYSQL), out, 1);

        assertThat(tail.put(record(NOON, ACCEPTED, tcp("10.9.9.9", 1, "10.0.2.10", 3306, "S")), out))
                .isTrue();
        assertThat(tail.put(record(NOON, ACCEPTED, tcp("10.0.1.10", "10.0.2.11", 3306, "S")), out))
                .isFalse();
        assertThat(out).hasToString("abcbc");
    }
}
