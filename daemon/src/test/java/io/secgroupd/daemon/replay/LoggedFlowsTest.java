package io.secgroupd.daemon.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.testkit.DecisionLine;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow log judged anew: what is counted, what changes, and what could not be judged. */
class LoggedFlowsTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-db: { inbound: [{ protocol: tcp, ports: PORT, source: 10.0.1.0/24 }] }
            instances:
              orders-1: { addresses: [10.0.2.10], security_groups: [sg-db] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Explainer sql;

    @SuppressWarnings("NullAway.Init")
    private Explainer ssh;

    @BeforeEach
    void read() throws Exception {
        sql = explainer("5432");
        ssh = explainer("22");
    }

    @Test
    void everyPacketOfALineIsAFlow() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.empty());
        replay(tally, DecisionLine.accept(), DecisionLine.reject().with("packets", 12));

        assertThat(tally.accepted()).isEqualTo(1);
        assertThat(tally.rejected()).isEqualTo(12);
        assertThat(tally.flows()).isEqualTo(13);
        assertThat(tally.saysNo()).isTrue();
    }

    @Test
    void whatWasDecidedThenDoesNotCountNow() throws Exception {
        ReplayTally tally = new ReplayTally(ssh, Optional.empty());
        replay(tally, DecisionLine.accept(), DecisionLine.reject());

        assertThat(tally.rows())
                .extracting(row -> row.explanation().verdict())
                .containsExactly(Verdict.REJECT, Verdict.ACCEPT);
        assertThat(tally.rows().get(0).explanation().flow().destinationPort()).isEqualTo(5432);
    }

    @Test
    void equalFlowsAreOneRowWhateverTheirSourcePorts() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.empty());
        replay(tally, DecisionLine.accept(), DecisionLine.accept().with("sport", 40_001), DecisionLine.reject());

        assertThat(tally.rows()).extracting(ReplayTally.FlowRow::count).containsExactly(1L, 2L);
    }

    @Test
    void ofTwoPoliciesOnlyWhatChangesHasARow() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.of(ssh));
        replay(
                tally,
                DecisionLine.accept().with("packets", 2),
                DecisionLine.reject().with("packets", 3),
                DecisionLine.reject().with("dport", 23));

        assertThat(tally.nowRejected()).isEqualTo(2);
        assertThat(tally.nowAccepted()).isEqualTo(3);
        assertThat(tally.rows()).hasSize(2);
        assertThat(tally.rows().stream().mapToLong(ReplayTally.FlowRow::count).sum())
                .isEqualTo(5);
    }

    @Test
    void anotherPolicyThatSaysTheSameIsNoNo() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.of(explainer("5432")));
        replay(tally, DecisionLine.reject());

        assertThat(tally.saysNo()).isFalse();
        assertThat(tally.rows()).isEmpty();
    }

    @Test
    void aConnectionUnderWayIsJudgedByWhicheverEndMayHaveOpenedIt() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.empty());
        replay(
                tally,
                DecisionLine.accept().with("tcp_flags", 0x10),
                DecisionLine.accept()
                        .with("src", "10.0.2.10")
                        .with("sport", 5432)
                        .with("dst", "10.0.1.10")
                        .with("dport", 40_000)
                        .with("direction", "egress")
                        .with("tcp_flags", 0x10));

        assertThat(tally.midStream()).isEqualTo(2);
        assertThat(tally.accepted()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "dport,     70000",
        "dport,     4294972728", // 2^32 + 5432
        "sport,     65536",
        "protocol,  256",
        "src,       10.0.1",
        "dst,       2001:db8::1"
    })
    void aLineThatNamesNoPossibleFlowIsCountedAndNotJudged(String field, String value) throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.empty());
        Object typed = value.matches("\\d+") ? Long.valueOf(value) : value;
        Replay.ReplayResult result = replay(tally, DecisionLine.accept().with(field, typed));

        assertThat(tally.flows()).isZero();
        assertThat(result.whole()).isFalse();
        assertThat(result.remarks()).singleElement().asString().startsWith("1 ");
    }

    @Test
    void aPingIsJudgedByItsType() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.empty());
        replay(tally, DecisionLine.ping());

        assertThat(tally.rows().get(0).explanation().flow().icmpType()).isEqualTo(8);
    }

    @Test
    void whatTheLogLacksIsSaid() throws Exception {
        ReplayTally tally = new ReplayTally(sql, Optional.empty());
        Replay.ReplayResult result = replay(tally, DecisionLine.accept(), DecisionLine.lost(1500));

        assertThat(tally.flows()).isEqualTo(1);
        assertThat(result.remarks()).singleElement().asString().contains("1,500");
    }

    private Replay.ReplayResult replay(ReplayTally tally, DecisionLine... lines) throws IOException, ReplayException {
        String text = Arrays.stream(lines).map(DecisionLine::json).collect(Collectors.joining());
        return Replay.of(Files.writeString(directory.resolve("flows.log"), text), tally);
    }

    private Explainer explainer(String port) throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES.replace("PORT", port));
        return new Explainer(new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a00020a)))
                .load()
                .compiled());
    }
}
