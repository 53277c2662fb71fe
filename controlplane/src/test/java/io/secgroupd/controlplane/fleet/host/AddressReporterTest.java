package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressReporterTest {

    private static final AddressReport ONE = new AddressReport(List.of(IpAddress.ipv4(0x0a000007)));
    private static final AddressReport TWO =
            new AddressReport(List.of(IpAddress.ipv4(0x0a000007), IpAddress.ipv4(0x0a000008)));

    @TempDir
    private Path directory;

    private final AtomicReference<AddressReport> now = new AtomicReference<>(ONE);
    private final Stop stop = new Stop();
    private FakeServer server;
    private FeedClient feed;
    private Thread thread;

    @BeforeEach
    void setUp() throws IOException {
        server = new FakeServer();
        feed = client(List.of(server.address()));
        thread = new Thread(new AddressReporter(
                feed,
                () -> Objects.requireNonNull(now.get()),
                FleetHost.TIMES.look(),
                new Backoff(FleetHost.TIMES, new Random(1)),
                stop));
    }

    private FeedClient client(List<URI> servers) throws IOException {
        try (var host = new FleetHost(directory, server.token.text())) {
            PullSettings settings = host.settings(servers, List.of());
            return new FeedClient(settings, FleetHost.TIMES, new HttpClients(settings.ca(), Optional.empty()).fresh());
        }
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        stop.stop();
        thread.join();
        server.close();
    }

    private AddressReport next() throws InterruptedException {
        AddressReport report = server.addresses.poll(30, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no addresses were reported");
        }
        return report;
    }

    @Test
    void addressesAreReportedAtTheStartAndWhenTheyChange() throws Exception {
        thread.start();
        assertThat(next()).isEqualTo(ONE);

        now.set(TWO);
        assertThat(next()).isEqualTo(TWO);
        now.set(new AddressReport(List.of()));
        assertThat(next().addresses()).isEmpty();
        assertThat(server.addresses).isEmpty();
    }

    @Test
    void whatAServerMayHaveLostIsReportedAgain() throws Exception {
        thread.start();
        assertThat(next()).isEqualTo(ONE);

        feed.turnToNext();
        assertThat(next()).isEqualTo(ONE);
    }

    @Test
    void whatCouldNotBeReportedIsReportedWhenTheServerIsBack() throws Exception {
        server.isDeaf = true;
        thread.start();
        await().until(() -> server.calls.get() > 1);

        server.isDeaf = false;
        assertThat(next()).isEqualTo(ONE);
    }

    @Test
    void whatTheServerRefusesIsReportedOnce() throws Exception {
        server.addressStatus = 409;
        thread.start();
        assertThat(next()).isEqualTo(ONE);

        now.set(TWO);
        assertThat(next()).isEqualTo(TWO);
        assertThat(server.addresses).isEmpty();
    }

    @Test
    void onlyAddressesThatTellAHostFromOthersCount() throws Exception {
        assertThat(OwnAddresses.report(Stream.of(
                                IpAddress.ipv4(0x7f000001),
                                IpAddress.ipv4(0xa9fe0001),
                                IpAddress.ipv4(0x0a000007),
                                IpAddress.ipv4(0x0a000007)))
                        .addresses())
                .containsExactly(IpAddress.ipv4(0x0a000007));
        assertThat(OwnAddresses.read().addresses()).allMatch(AddressReport::isOfOneHost);
    }

    @Test
    void networksInsideOfAHostDoNotCount() {
        assertThat(Stream.of("docker0", "docker_gwbridge", "br-0123456789ab", "virbr0", "cni0"))
                .allMatch(OwnAddresses::isInside);
        assertThat(Stream.of("eth0", "br-lan", "br0", "bond0", "enp3s0", "wg0")).noneMatch(OwnAddresses::isInside);
    }
}
