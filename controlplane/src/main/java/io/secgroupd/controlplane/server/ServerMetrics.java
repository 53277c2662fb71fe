package io.secgroupd.controlplane.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.secgroupd.controlplane.fleet.server.FleetCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What is counted about requests, in Prometheus' text format. */
final class ServerMetrics {

    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("secgroupd_control_requests_total")
            .help("Requests to the API by their HTTP status.")
            .labelNames("status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("secgroupd_control_request_seconds")
            .help("Time from a whole request to its answer.")
            .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.3, 1, 3, 10)
            .classicOnly()
            .register(registry);

    /**
     * Begins to count.
     *
     * @param serial the newest revision of the policy
     * @param fleet  the numbers of the fleet
     */
    ServerMetrics(LongSupplier serial, Supplier<FleetCounts> fleet) {
        GaugeWithCallback.builder()
                .name("secgroupd_control_revision")
                .help("The serial number of the newest revision of the policy.")
                .callback(gauge -> gauge.call((double) serial.getAsLong()))
                .register(registry);
        gauge("hosts", "Hosts that are enrolled.", fleet, FleetCounts::hosts);
        gauge("hosts_connected", "Hosts that wait for the next revision.", fleet, FleetCounts::connected);
        gauge("hosts_behind", "Hosts without the revision that they are to have.", fleet, FleetCounts::behind);
        gauge(
                "hosts_refused",
                "Hosts that have refused the revision that they are to have.",
                fleet,
                FleetCounts::refused);
        gauge(
                "hosts_met_fault",
                "Hosts that have told of a control server that is not sound, within a day.",
                fleet,
                FleetCounts::faults);
        gauge(
                "rollout_failed",
                "1 when the last roll-out has failed, else 0.",
                fleet,
                counts -> counts.failed() ? 1 : 0);
    }

    private void gauge(String name, String help, Supplier<FleetCounts> fleet, ToLongFunction<FleetCounts> number) {
        GaugeWithCallback.builder()
                .name("secgroupd_fleet_" + name)
                .help(help)
                .callback(gauge -> gauge.call((double) number.applyAsLong(fleet.get())))
                .register(registry);
    }

    String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    void answered(int status, Duration took) {
        requests.labelValues(Integer.toString(status)).inc();
        seconds.observe(took.toNanos() / NANOS);
    }

    byte[] scrape() {
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return out.toByteArray();
    }
}
