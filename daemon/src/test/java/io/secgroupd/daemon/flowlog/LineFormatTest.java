package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.flowlog.Records.ACCEPTED;
import static io.secgroupd.daemon.flowlog.Records.NOON;
import static io.secgroupd.daemon.flowlog.Records.REFUSED;
import static io.secgroupd.daemon.flowlog.Records.record;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import org.junit.jupiter.api.Test;

/** Lines as they stand in the file: the fields and their order are what other programs rely on. */
class LineFormatTest {

    private static final byte[] MYSQL = tcp("10.0.1.10", "10.0.2.10", 3306, "S");

    private final LineBuffer out = new LineBuffer(16);
    private final LineFormat json = new JsonFormat("ab12cd34", "db.example", index -> "eth" + index);
    private final LineFormat vpc = new VpcFormat("db.example");

    @Test
    void anAcceptNamesRuleAndGroup() {
        json.decision(1, NOON, record(NOON, ACCEPTED, MYSQL), out);
        vpc.decision(1, NOON, record(NOON, ACCEPTED, MYSQL), out);

        assertWritten("""
                {"time":"2026-11-24T12:00:00.000Z","seq":1,"start":"ab12cd34","host":"db.example",\
                "verdict":"ACCEPT","reason":"rule","direction":"ingress","instance":"orders-1",\
                "group":"sg-6789rdsexample","rule":"sgr-1f0c22ab","protocol":"tcp",\
                "src":"10.0.1.10","sport":40000,"dst":"10.0.2.10","dport":3306,\
                "icmp_type":null,"icmp_code":null,"tcp_flags":2,"in":"eth1","generation":7,\
                "packets":1,"first":"2026-11-24T12:00:00.000Z","last":"2026-11-24T12:00:00.000Z"}
                2 db.example orders-1 10.0.1.10 10.0.2.10 40000 3306 6 1 40 1795521600 1795521600 ACCEPT OK \
                sg-6789rdsexample sgr-1f0c22ab rule
                """);
    }

    @Test
    void whatACandidateWouldHaveDecidedStandsAtTheEndOfALineOfJsonAlone() {
        json.decision(1, NOON, Records.shadowed(NOON, ACCEPTED, REFUSED, MYSQL), out);
        json.decision(2, NOON, Records.shadowed(NOON, REFUSED, ACCEPTED, MYSQL), out);
        vpc.decision(3, NOON, Records.shadowed(NOON, REFUSED, ACCEPTED, MYSQL), out);

        assertThat(out.toString().lines())
                .satisfiesExactly(
                        refused -> assertThat(refused)
                                .contains("\"verdict\":\"ACCEPT\",\"reason\":\"rule\",\"direction\"")
                                .endsWith("\"last\":\"2026-11-24T12:00:00.000Z\",\"candidate\":{\"verdict\":\"REJECT\","
                                        + "\"reason\":\"no-matching-rule\",\"group\":null,\"rule\":null}}"),
                        allowed -> assertThat(allowed)
                                .endsWith(",\"candidate\":{\"verdict\":\"ACCEPT\",\"reason\":\"rule\","
                                        + "\"group\":\"sg-6789rdsexample\",\"rule\":\"sgr-1f0c22ab\"}}"),
                        asBefore -> assertThat(asBefore).endsWith("REJECT OK - - no-matching-rule"));
    }

    @Test
    void equalRejectsAreOneLineWithTheirCountAndTimes() {
        FlowRecord gathered = record(NOON, REFUSED, MYSQL);
        gathered.absorb(record(NOON + 7_250, REFUSED, tcp("10.0.1.10", 40001, "10.0.2.10", 3306, "SF")));

        json.decision(2, NOON + 10_000, gathered, out);
        vpc.decision(2, NOON + 10_000, gathered, out);

        assertWritten("""
                {"time":"2026-11-24T12:00:10.000Z","seq":2,"start":"ab12cd34","host":"db.example",\
                "verdict":"REJECT","reason":"no-matching-rule","direction":"ingress","instance":"orders-1",\
                "group":null,"rule":null,"protocol":"tcp",\
                "src":"10.0.1.10","sport":40000,"dst":"10.0.2.10","dport":3306,\
                "icmp_type":null,"icmp_code":null,"tcp_flags":3,"in":"eth1","generation":7,\
                "packets":2,"first":"2026-11-24T12:00:00.000Z","last":"2026-11-24T12:00:07.250Z"}
                2 db.example orders-1 10.0.1.10 10.0.2.10 40000 3306 6 2 80 1795521600 1795521607 REJECT OK \
                - - no-matching-rule
                """);
    }

    @Test
    void aPacketThatIsNoneHasNoEnds() {
        FlowRecord undecodable = record(
                NOON, FixedDecisions.of(Verdict.REJECT, Reason.UNDECODABLE).ingress(), MYSQL);

        vpc.decision(1, NOON, undecodable, out);
        json.decision(1, NOON, undecodable, out);

        assertThat(out.toString())
                .startsWith("2 db.example - - - - - - 1 40 1795521600 1795521600 REJECT OK - - undecodable\n")
                .contains("\"protocol\":null,\"src\":null,\"sport\":null,\"dst\":null,\"dport\":null,");
    }

    @Test
    void ipv6IsWrittenShortAndTheProtocolAsItsNumber() {
        vpc.decision(1, NOON, record(NOON, REFUSED, udp("2001:db8::7", "2001:db8:2::10", 53)), out);

        assertThat(out.toString()).contains(" 2001:db8::7 2001:db8:2::10 40000 53 17 1 60 ");
    }

    @Test
    void aNameCannotMakeFieldsOrLines() {
        Decision odd = Decision.accept(
                Direction.INGRESS, "two words", new MatchedRule("sgr-1", "sg-\n{\"", "rules.yaml:1", 0));

        vpc.decision(1, NOON, record(NOON, odd, MYSQL), out);
        json.decision(1, NOON, record(NOON, odd, MYSQL), out);

        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString())
                .contains("2 db.example two_words 10.0.1.10 ")
                .contains(" OK sg-_{\" sgr-1 rule\n")
                .contains("\"group\":\"sg-\\n{\\\"\"");
    }

    @Test
    void whatIsMissingIsSaidWithItsNumber() {
        json.skipped(9, NOON, 1234, out);
        vpc.skipped(9, NOON, 1234, out);

        assertWritten("""
                {"time":"2026-11-24T12:00:00.000Z","seq":9,"start":"ab12cd34","host":"db.example",\
                "skipdata":true,"lost":1234}
                2 db.example - - - - - - 1234 - 1795521600 1795521600 - SKIPDATA - - -
                """);
    }

    private void assertWritten(String lines) {
        assertThat(out.toString()).isEqualTo(lines);
    }
}
