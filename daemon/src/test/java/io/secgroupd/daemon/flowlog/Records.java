package io.secgroupd.daemon.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Decisions for tests. */
final class Records {

    static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    static final MatchedRule RULE = new MatchedRule("sgr-1f0c22ab", "sg-6789rdsexample", "rules.yaml:21", 0);
    static final Decision ACCEPTED = Decision.accept(Direction.INGRESS, "orders-1", RULE);
    static final Decision REFUSED = Decision.reject(Direction.INGRESS, Reason.NO_MATCHING_RULE, "orders-1");

    private Records() {}

    static PacketView view(byte[] packet) {
        PacketView view = new PacketView();
        assertThat(PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view))
                .isEqualTo(DecodeStatus.OK);
        return view;
    }

    static FlowRecord record(long millis, Decision decision, byte[] packet) {
        PacketView view = view(packet);
        var record = new FlowRecord();
        record.fill(
                millis,
                decision,
                null,
                false,
                view,
                view.length(),
                view.tcpFlags(),
                view.tcpSequence(),
                1,
                7,
                LocalEnd.DESTINATION);
        return record;
    }

    /** A decision that a candidate would have made otherwise. */
    static FlowRecord shadowed(long millis, Decision decision, Decision candidate, byte[] packet) {
        PacketView view = view(packet);
        var record = new FlowRecord();
        record.fill(
                millis,
                decision,
                candidate,
                false,
                view,
                view.length(),
                view.tcpFlags(),
                view.tcpSequence(),
                1,
                7,
                LocalEnd.DESTINATION);
        return record;
    }

    /** A line that says all that a line can say: of a host that observes, of a repeated SYN, and of a candidate. */
    static FlowRecord repeated(byte[] packet) {
        PacketView view = view(packet);
        var record = new FlowRecord();
        record.fill(
                NOON,
                ACCEPTED,
                REFUSED,
                true,
                view,
                view.length(),
                view.tcpFlags(),
                view.tcpSequence(),
                1,
                7,
                LocalEnd.DESTINATION);
        record.markRepeat();
        record.unit("mariadb.service");
        return record;
    }
}
