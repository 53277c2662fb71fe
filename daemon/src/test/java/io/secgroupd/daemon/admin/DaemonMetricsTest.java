package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DaemonMetricsTest {

    /** Names and help lines of the exposition format, samples with labels and a number, and nothing else. */
    private static final String LINE = "# (HELP|TYPE) [a-z_0-9]+ .+"
            + "|[a-z_0-9]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? ([0-9.]+(E-?[0-9]+)?|\\+Inf|-1.0)";

    @Test
    void drawsTheStatusUnderTheStatedNames() {
        String text = new DaemonMetrics(new FakeDaemon()).scrape();

        assertThat(text.lines()).allMatch(line -> line.matches(LINE));
        assertThat(text.lines())
                .contains(
                        "secgroupd_decisions_total{direction=\"ingress\",reason=\"rule\",verdict=\"ACCEPT\"} 3.0",
                        "secgroupd_decisions_total{direction=\"ingress\",reason=\"no-matching-rule\",verdict=\"REJECT\"} 2.0",
                        "secgroupd_decisions_total{direction=\"egress\",reason=\"rule\",verdict=\"ACCEPT\"} 0.0",
                        "secgroupd_rule_hits_total{group=\"sg-app\",rule=\"sgr-1\"} 3.0",
                        "secgroupd_rule_hits_total{group=\"sg-all\",rule=\"sgr-22\"} 0.0",
                        "# TYPE secgroupd_decision_seconds histogram",
                        "secgroupd_decision_seconds_bucket{le=\"2.5E-5\"} 0",
                        "secgroupd_decision_seconds_bucket{le=\"5.0E-5\"} 4",
                        "secgroupd_decision_seconds_bucket{le=\"+Inf\"} 5",
                        "secgroupd_decision_seconds_count 5",
                        "secgroupd_decision_seconds_sum 0.00316",
                        "secgroupd_queue_depth 7.0",
                        "secgroupd_queue_dropped_total{cause=\"queue_full\"} 11.0",
                        "secgroupd_queue_dropped_total{cause=\"gone\"} 3.0",
                        "secgroupd_policy_generation 6.0",
                        "secgroupd_policy_reload_failures_total 8.0",
                        "secgroupd_policy_stale_seconds 90.0",
                        "secgroupd_hooks_restored_total 4.0",
                        "secgroupd_hooks_packets_total{hook=\"input\",step=\"queued\"} 16.0",
                        "secgroupd_hooks_packets_total{hook=\"input\",step=\"invalid\"} 6.0",
                        "secgroupd_flowlog_lost_total 5.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("jvm_gc_collection_seconds_count{"));
    }

    @Test
    void whatTheKernelDoesNotTellHasNoSample() {
        var daemon = new FakeDaemon();
        daemon.kernelTells = false;

        assertThat(new DaemonMetrics(daemon).scrape().lines())
                .noneMatch(line -> line.startsWith("secgroupd_queue_depth "))
                .noneMatch(line -> line.contains("queue_full"))
                .contains("secgroupd_queue_dropped_total{cause=\"gone\"} 3.0");
    }
}
