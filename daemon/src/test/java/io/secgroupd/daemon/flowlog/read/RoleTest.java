package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.DecisionLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of AWS's records opens a connection, and which one answers. */
class RoleTest {

    private static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action"
                    + " log-status tcp-flags";

    @ParameterizedTest(name = "{0} > {1}, protocol {2}, {3}, flags {4}: {5}")
    @CsvSource({
        "49761, 443,   6,  ACCEPT, 2,  OPENING",
        "443,   49761, 6,  ACCEPT, 2,  OPENING", // the flags are surer than the ports
        "49761, 443,   6,  ACCEPT, 18, REPLY",
        "443,   49761, 6,  ACCEPT, 19, REPLY",
        "49761, 443,   6,  ACCEPT, 16, OPENING",
        "443,   49761, 6,  ACCEPT, 16, REPLY",
        "5000,  443,   6,  ACCEPT, 0,  OPENING",
        "40000, 50000, 6,  ACCEPT, 0,  UNTOLD",
        "53,    53,    17, ACCEPT, -,  UNTOLD",
        "40000, 5353,  17, ACCEPT, -,  OPENING",
        "53,    40000, 17, ACCEPT, -,  REPLY",
        "443,   49761, 6,  REJECT, -,  OPENING", // a group refuses no reply of what it let through
        "443,   49761, 6,  REJECT, 16, UNTOLD",
        "0,     0,     1,  ACCEPT, 0,  UNTOLD"
    })
    void flagsDecideAndThenPorts(
            String source, String destination, int protocol, String action, String flags, Role role) {
        String record = "2 1234 eni-1 198.51.100.7 10.0.1.10 " + source + " " + destination + " " + protocol
                + " 3 180 1764310000 1764310060 " + action + " OK " + flags;

        assertThat(Role.of(parsed(record))).isEqualTo(role);
    }

    @Test
    void aDecisionOfOursAlwaysOpens() {
        LogLine line = LogText.parsed(DecisionLine.accept()
                        .with("sport", 443)
                        .with("dport", 40_000)
                        .with("tcp_flags", 18)
                        .json())
                .get(0);

        assertThat(Role.of(line)).isEqualTo(Role.OPENING);
    }

    private static LogLine parsed(String record) {
        return LogText.parsed(HEADER, record).get(0);
    }
}
