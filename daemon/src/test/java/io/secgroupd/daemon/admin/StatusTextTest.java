package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusTextTest {

    private final FakeDaemon daemon = new FakeDaemon();

    @Test
    void statusIsAWordAndWhatThereIsToKnow() {
        assertThat(StatusText.of(daemon.status())).isEqualTo("""
                secgroupd   0.1.0, mode enforce, running for 1d 1h
                policy      generation 6 for 1h 1m, hash 0123456789ab, /etc/secgroupd/rules.yaml
                STALE       the files were refused 1m 30s ago: 1 errors; the old policy stays in force
                            rules.yaml:3:1: error: no
                instance    app-1 (10.0.1.10, 2001:db8:1::10) in sg-app, sg-all
                hooks       iptables v1.8.9 (nf_tables), restored 4x
                queue 4700  7 of 16384 waiting, dropped: 1 queue full, 2 buffer full
                queue 4701  0 of 16384 waiting, dropped: 10 queue full, 20 buffer full
                latency     p50 40.2 µs, p99 3014.7 µs, p99.9 3014.7 µs, max 3014.7 µs
                decisions   ingress  ACCEPT  rule              3
                            ingress  REJECT  no-matching-rule  2
                flow log    5 decisions lost
                """);
    }

    @Test
    void rulesNameThoseWithoutAHitAndSinceWhenThatIsKnown() {
        assertThat(StatusText.ofRules(daemon.rules(), FakeDaemon.NOW)).isEqualTo("""
                HITS  LAST HIT   RULE    GROUP   TERMS             AT
                   3  1m 0s ago  sgr-1   sg-app  tcp 443 from any  rules.yaml:5
                   0  never      sgr-22  sg-all  icmp from any     rules.yaml:9
                1 of 2 rules have had no hit since they were first counted, the newest of them 2h 0m ago; \
                counting began 2026-11-23T12:00:00Z (1d 0h ago)
                """);
    }
}
