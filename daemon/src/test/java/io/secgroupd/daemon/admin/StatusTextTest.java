package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private final FakeDaemon daemon = new FakeDaemon();

    @Test
    void statusIsAWordAndWhatThereIsToKnow() {
        assertThat(StatusText.of(daemon.status())).isEqualTo("""
                secgroupd   0.1.0, mode enforce, running for 1d 1h
                policy      generation 6 for 1h 1m, hash 0123456789ab, /etc/secgroupd/rules.yaml
                            changed: app-1: inbound newly allowed tcp 443 from any
                next end    sg-app tcp 22 from 203.0.113.7/32 in 42m 0s (sgr-2 at rules.yaml:6)
                STALE       the files were refused 1m 30s ago: 1 errors; the old policy stays in force
                            rules.yaml:3:1: error: no
                last issue  30s ago: hooks.restored count=4: another program had changed them
                instance    app-1 (10.0.1.10, 2001:db8:1::10), mode enforce, in sg-app, sg-all
                hooks       iptables v1.8.9 (nf_tables), restored 4x
                kernel      input queued 16, input invalid 6
                queue 4700  7 of 16384 waiting
                queue 4701  0 of 16384 waiting
                dropped     queue_full 11, gone 3
                latency     p50 40.2 µs, p99 3014.7 µs, p99.9 3014.7 µs, max 3014.7 µs
                decisions   ingress  ACCEPT  rule              3
                            ingress  REJECT  no-matching-rule  2  let in: 1
                answers     reset 7, prohibited 8; 9 refused packets beyond the limits
                cache       on, 10 keys; 1200 packets refused by the kernel
                flow log    5 decisions lost
                """);
    }

    @Test
    void whatTheKernelDoesNotTellIsUnknownAndNotNothing() {
        daemon.kernelTells = false;

        assertThat(StatusText.of(daemon.status()))
                .contains("queue 4700  unknown of 16384 waiting (only root and group root can read it)")
                .contains("dropped     queue_full unknown, gone 3");
    }

    @Test
    void longLinesAreBrokenAtSpacesAndStayWithinTheWidth() {
        daemon.groups = IntStream.range(0, 40).mapToObj(i -> "sg-" + i).toList();

        String text = StatusText.of(daemon.status());

        assertThat(text.lines()).allMatch(line -> line.length() <= StatusText.WIDTH);
        assertThat(text.replaceAll("\\s+", " ")).contains("in sg-0, sg-1, ").contains("sg-38, sg-39 hooks");
    }

    @Test
    void rulesStandUnderTheirGroupWithSinceWhenNobodyHasUsedThem() {
        assertThat(RulesText.of(daemon.rules(), FakeDaemon.NOW)).isEqualTo("""
                HITS  LAST HIT        RULE    AT            TERMS
                sg-app
                   3  1m 0s ago       sgr-1   rules.yaml:5  tcp 443 from any
                sg-all
                   0  never in 2h 0m  sgr-22  rules.yaml:9  icmp from any
                1 of 2 rules have had no hit since they were first counted; counting began 2026-11-23T12:00:00Z
                """);
    }
}
