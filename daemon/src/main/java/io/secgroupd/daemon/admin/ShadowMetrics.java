package io.secgroupd.daemon.admin;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.secgroupd.daemon.shadow.DecidedBy;
import io.secgroupd.daemon.shadow.Difference;
import io.secgroupd.daemon.shadow.DifferenceKind;
import io.secgroupd.daemon.shadow.ShadowReport;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of the candidate. Without one there are no samples, because a zero would claim that it was quiet. */
final class ShadowMetrics {

    private ShadowMetrics() {}

    static CounterSnapshot connections(Optional<ShadowReport> report) {
        return counter(
                "secgroupd_shadow_connections",
                "First packets that the candidate has judged beside the policy in force.",
                report.map(known -> known.totals().connections()));
    }

    static CounterSnapshot faults(Optional<ShadowReport> report) {
        return counter(
                "secgroupd_shadow_faults",
                "Packets that the candidate could not judge because of a defect.",
                report.map(known -> known.totals().faults()));
    }

    static GaugeSnapshot began(Optional<ShadowReport> report) {
        var gauge = GaugeSnapshot.builder()
                .name("secgroupd_shadow_began_timestamp_seconds")
                .help("When the candidate was first judged, in seconds since 1970.");
        report.ifPresent(known -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .value((double) known.candidate().began().getEpochSecond())
                .build()));
        return gauge.build();
    }

    static CounterSnapshot differences(Optional<ShadowReport> report) {
        var counter = CounterSnapshot.builder()
                .name("secgroupd_shadow_differences")
                .help(
                        "First packets about which the candidate differs, by the rule that allows them in one of the two.");
        report.ifPresent(known -> byRule(known).forEach((labels, count) -> counter.dataPoint(sample(count, labels))));
        return counter.build();
    }

    private static Map<Labels, Long> byRule(ShadowReport report) {
        Map<Labels, Long> counts = new TreeMap<>();
        for (Difference difference : report.totals().differences()) {
            DecidedBy allows =
                    difference.kind() == DifferenceKind.NEWLY_REFUSED ? difference.inForce() : difference.candidate();
            var labels = Labels.of("kind", difference.kind().word(), "group", allows.group(), "rule", allows.rule());
            counts.merge(labels, difference.count(), Long::sum);
        }
        return counts;
    }

    private static CounterSnapshot counter(String name, String help, Optional<Long> value) {
        var counter = CounterSnapshot.builder().name(name).help(help);
        value.ifPresent(number -> counter.dataPoint(sample(number, Labels.EMPTY)));
        return counter.build();
    }

    private static CounterDataPointSnapshot sample(long value, Labels labels) {
        return CounterDataPointSnapshot.builder()
                .value((double) value)
                .labels(labels)
                .build();
    }
}
