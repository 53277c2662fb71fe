package io.secgroupd.daemon.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;

/** Metrics as a monitoring system reads them, by a parser that shares nothing with what wrote them. */
public final class Exposition {

    private final Map<String, List<Metric>> families = new TreeMap<>();

    private Exposition() {}

    public static Exposition parse(String text) {
        var exposition = new Exposition();
        var parser =
                new TextPrometheusMetricDataParser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
                exposition.families.put(family.getName(), family.getMetrics());
            }
            return exposition;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String name) {
        return families.containsKey(name);
    }

    /** The sum of the samples that have these labels, given as {@code name=value}. */
    public double counter(String name, String... labels) {
        return samples(name, labels)
                .map(Counter.class::cast)
                .mapToDouble(Counter::getValue)
                .sum();
    }

    public double gauge(String name) {
        return samples(name).map(Gauge.class::cast).mapToDouble(Gauge::getValue).sum();
    }

    /** How many values a histogram holds. */
    public long observations(String name) {
        return samples(name)
                .map(Histogram.class::cast)
                .mapToLong(Histogram::getSampleCount)
                .sum();
    }

    private Stream<Metric> samples(String name, String... labels) {
        if (!has(name)) {
            throw new IllegalArgumentException("no " + name + " among " + families.keySet());
        }
        return families.getOrDefault(name, List.of()).stream()
                .filter(metric -> Stream.of(labels).allMatch(label -> has(metric, label.split("=", 2))));
    }

    private static boolean has(Metric metric, String[] label) {
        return label[1].equals(metric.getLabels().get(label[0]));
    }
}
