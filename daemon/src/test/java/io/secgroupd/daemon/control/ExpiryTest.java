package io.secgroupd.daemon.control;

import static io.secgroupd.daemon.control.ControlPlaneFixture.assertAllowed;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.control.Trial.TrialRequest;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that expire while the daemon runs, by a clock that the test sets. */
class ExpiryTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final BlockingQueue<HostPolicy> inForce = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private ControlPlane controlPlane;

    @BeforeEach
    void startWithARuleThatEndsAtOneAndOneThatEndsAtTwo() throws Exception {
        rules = Files.writeString(directory.resolve("rules.yaml"), rules("13:00", "14:00"));
        PolicyLoader loader = new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).with(clock::get);
        controlPlane = new ControlPlane(
                loader, loader.load(), next -> inForce.add(next.policy()), written -> {}, readdressed -> {});
        controlPlane.start();
    }

    @AfterEach
    void stop() throws IOException {
        controlPlane.close();
    }

    @Test
    void aClockThatPassesTheEndTakesTheRuleAway() throws Exception {
        clock.set(NOON.plus(Duration.ofHours(1)).minusNanos(1));
        assertThat(controlPlane.reloadNow()).isEmpty();
        assertThat(inForce).isEmpty();

        clock.set(NOON.plus(Duration.ofHours(1)));

        HostPolicy after = next();
        assertShut(after, 81);
        assertAllowed(after, 82);
        assertAllowed(after, 80);
    }

    @Test
    void aClockThatJumpsOverBothEndsTakesBothAway() throws Exception {
        clock.set(NOON.plus(Duration.ofDays(1000)));

        HostPolicy after = next();
        assertShut(after, 81);
        assertShut(after, 82);
        assertAllowed(after, 80);
    }

    @Test
    void aClockThatIsSetBackBringsThemBack() throws Exception {
        clock.set(NOON.plus(Duration.ofDays(1000)));
        assertShut(next(), 81);

        clock.set(NOON);

        HostPolicy after = next();
        assertAllowed(after, 81);
        assertAllowed(after, 82);
    }

    @Test
    void theWarningsSayWhatHasExpiredByNow() throws Exception {
        clock.set(NOON.plus(Duration.ofMinutes(90)));

        assertThat(next().warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "expired at 2026-06-01T13:00:00Z and matches nothing; remove it",
                        "expires at 2026-06-01T14:00:00Z: from then on it matches nothing");
    }

    @Test
    void whatATrialEndsWithIsWithoutTheRulesThatExpiredDuringIt() throws Exception {
        HostPolicy candidate = controlPlane.read(
                new PolicyText("candidate", rules("15:00", "16:00").getBytes(StandardCharsets.UTF_8), rules));
        controlPlane.tryOut(
                candidate,
                new TrialRequest(
                        rules,
                        Optional.empty(),
                        FileContent.hash(rules),
                        Optional.empty(),
                        Duration.ofHours(1),
                        false));
        assertAllowed(next(), 81);

        clock.set(NOON.plus(Duration.ofMinutes(90)));
        controlPlane.rollBack();

        HostPolicy after = next();
        assertShut(after, 81);
        assertAllowed(after, 82);
    }

    @Test
    void aFileThatIsReadAfterTheEndDoesNotBringTheRuleBack() throws Exception {
        clock.set(NOON.plus(Duration.ofMinutes(90)));
        next();

        Files.writeString(rules, rules("13:00", "14:00") + "# edited\n");

        HostPolicy after = next();
        assertShut(after, 81);
        assertAllowed(after, 82);
    }

    private HostPolicy next() throws InterruptedException {
        return Objects.requireNonNull(inForce.poll(30, TimeUnit.SECONDS), "no policy within 30 s");
    }

    private static void assertShut(HostPolicy loaded, int port) {
        assertThat(ControlPlaneFixture.allows(loaded, port)).as("port %d", port).isFalse();
    }

    private static String rules(String first, String second) {
        return """
                version: 1
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: tcp, ports: 80, source: any }
                      - { protocol: tcp, ports: 81, source: any, expires: 2026-06-01T%s:00Z }
                      - { protocol: tcp, ports: 82, source: any, expires: 2026-06-01T%s:00Z }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(first, second);
    }
}
