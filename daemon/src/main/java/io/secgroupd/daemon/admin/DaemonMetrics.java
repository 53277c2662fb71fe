package io.secgroupd.daemon.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.answer.AnswerKind;
import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.dataplane.DecisionTotals.DecisionLatency;
import io.secgroupd.daemon.units.UnitCounts;
import io.secgroupd.rules.net.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The daemon's totals in Prometheus' text format. Nothing is counted here: every scrape is derived from the status, so
 * that the two always agree.
 */
final class DaemonMetrics {

    private static final double NANOS = 1e9;

    /** Upper bounds of the buckets in nanoseconds, from the best case to the delay that clients begin to notice. */
    private static final long[] BOUNDS = {
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        50_000_000,
        100_000_000,
        1_000_000_000
    };

    private final AdminApi api;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    DaemonMetrics(AdminApi api) {
        this.api = api;
        registry.register((MultiCollector) this::collect);
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
    }

    String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    String scrape() {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private MetricSnapshots collect() {
        DaemonStatus status = api.status();
        var policy = status.policy();
        double stale = policy.refusal()
                .map(refusal -> Duration.between(refusal.since(), status.at()).toMillis() / 1000.0)
                .orElse(0.0);
        return MetricSnapshots.of(
                decisions(status),
                observed(status),
                ruleHits(api.rules()),
                latency(status.latency()),
                depth(status.queues()),
                queueDropped(status.dropped()),
                gauge("secgroupd_policy_generation", "Counts the policies of this daemon.", (double)
                        policy.generation()),
                counter(
                        "secgroupd_policy_reload_failures",
                        "Changes of the rules file that were refused.",
                        policy.failures()),
                gauge(
                        "secgroupd_policy_stale_seconds",
                        "How long the rules file has not been in force; 0 when it is.",
                        stale),
                counter(
                        "secgroupd_hooks_restored",
                        "Times that the netfilter skeleton was put back.",
                        status.hooksRestored()),
                hooksPackets(status.kernel()),
                counter("secgroupd_flowlog_lost", "Decisions that the flow log had no room for.", status.flowLogLost()),
                answers(status.answers()),
                counter(
                        "secgroupd_answers_limited",
                        "Refused packets that got no answer because of the limits.",
                        status.answers().map(AnswerTotals::limited).orElse(0L)),
                counter(
                        "secgroupd_refused_by_kernel",
                        "First packets that the kernel refused by itself, as the policy in force had refused their like.",
                        status.cache().packets()),
                gauge("secgroupd_refused_keys", "Keys that the kernel refuses by itself now.", (double)
                        status.cache().keys()),
                units(status.units()),
                ShadowMetrics.connections(status.shadow()),
                ShadowMetrics.differences(status.shadow()),
                ShadowMetrics.faults(status.shadow()),
                ShadowMetrics.began(status.shadow()));
    }

    private static CounterSnapshot answers(Optional<AnswerTotals> answers) {
        AnswerTotals totals = answers.orElse(new AnswerTotals(0, 0, 0));
        return CounterSnapshot.builder()
                .name("secgroupd_answers")
                .help("Answers to refused packets, by kind.")
                .dataPoint(point(totals.resets(), "kind", AnswerKind.RESET.word()))
                .dataPoint(point(totals.prohibited(), "kind", AnswerKind.PROHIBITED.word()))
                .build();
    }

    private static CounterSnapshot decisions(DaemonStatus status) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_decisions")
                .help("First packets of connections, by what was decided.");
        status.decisions()
                .forEach(count -> counter.dataPoint(point(
                        count.packets(),
                        "direction",
                        count.direction().word(),
                        "verdict",
                        count.verdict().name(),
                        "reason",
                        count.reason().word())));
        return counter.build();
    }

    private static CounterSnapshot observed(DaemonStatus status) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_observed")
                .help(
                        "First packets that were rejected and let in all the same, as the host or an instance only observes.");
        status.decisions().stream()
                .filter(count -> count.verdict() == Verdict.REJECT)
                .forEach(count -> counter.dataPoint(point(
                        count.observed(),
                        "direction",
                        count.direction().word(),
                        "reason",
                        count.reason().word())));
        return counter.build();
    }

    private static CounterSnapshot ruleHits(List<RuleUse> rules) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_rule_hits")
                .help("Connections that a rule allowed, over every start of the daemon.");
        rules.forEach(rule -> counter.dataPoint(point(rule.hits(), "group", rule.group(), "rule", rule.rule())));
        return counter.build();
    }

    private static CounterSnapshot units(Optional<UnitCounts> units) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_flowlog_units")
                .help("Decisions about packets from or to this host, by what became of the question for the unit.");
        units.ifPresent(counts -> counter.dataPoint(point(counts.named(), "outcome", "named"))
                .dataPoint(point(counts.closed(), "outcome", "closed"))
                .dataPoint(point(counts.gone(), "outcome", "gone"))
                .dataPoint(point(counts.skipped(), "outcome", "skipped")));
        return counter.build();
    }

    /** An unknown value has no sample, because 0 would be wrong. */
    private static CounterSnapshot queueDropped(List<DropCount> dropped) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_queue_dropped")
                .help("Packets lost between the kernel and their verdict, by cause.");
        dropped.forEach(drop ->
                drop.packets().ifPresent(packets -> counter.dataPoint(point(packets, "cause", drop.cause()))));
        return counter.build();
    }

    private static CounterSnapshot hooksPackets(List<KernelCount> counts) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_hooks_packets")
                .help("Packets that the netfilter skeleton counted: queued for a verdict, dropped as invalid or cut.");
        counts.forEach(count -> counter.dataPoint(point(count.packets(), "hook", count.hook(), "step", count.step())));
        return counter.build();
    }

    private static GaugeSnapshot depth(List<QueueStatus> queues) {
        var gauge = GaugeSnapshot.builder()
                .name("secgroupd_queue_depth")
                .help("Packets that wait for their verdict; no sample when the daemon may not read it.");
        if (queues.stream().allMatch(queue -> queue.depth().isPresent())) {
            gauge.dataPoint(sample((double) queues.stream()
                    .mapToLong(queue -> queue.depth().orElseThrow())
                    .sum()));
        }
        return gauge.build();
    }

    /** HdrHistogram keeps values to within 1 %, so a bucket's bound is that exact; the counts add up exactly. */
    private static HistogramSnapshot latency(DecisionLatency latency) {
        Histogram nanos = latency.nanos();
        double[] bounds = new double[BOUNDS.length + 1];
        long[] counts = new long[BOUNDS.length + 1];
        long below = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            long upTo = nanos.getCountBetweenValues(0, BOUNDS[i]);
            bounds[i] = BOUNDS[i] / NANOS;
            counts[i] = upTo - below;
            below = upTo;
        }
        bounds[BOUNDS.length] = Double.POSITIVE_INFINITY;
        counts[BOUNDS.length] = nanos.getTotalCount() - below;
        return HistogramSnapshot.builder()
                .name("secgroupd_decision_seconds")
                .help("From reading a packet's burst to writing its verdict.")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                        .sum(latency.sumNanos() / NANOS)
                        .build())
                .build();
    }

    private static CounterSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(value))
                .build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot point(long value, String... labels) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .value((double) value)
                .labels(Labels.of(labels))
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(sample(value))
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot sample(double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build();
    }
}
