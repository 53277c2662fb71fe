package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.control.Trial.Asked;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried, confirmed or forgotten: file and policy in force agree whatever comes between. */
class TrialTest {

    private static final IpAddress WEB = IpAddress.ipv4(0x0a000001);
    private static final IpAddress CLIENT = IpAddress.ipv4(0xc6336407);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final BlockingQueue<HostPolicy> inForce = new LinkedBlockingQueue<>();
    private final BlockingQueue<HostPolicy> written = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private HostPolicy last;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private ControlPlane controlPlane;

    @BeforeEach
    void startWithPort80() throws Exception {
        rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        var loader = new PolicyLoader(rules, Selectors.of(WEB));
        controlPlane = new ControlPlane(
                loader, loader.load(), next -> inForce.add(next.policy()), written::add, readdressed -> {});
        controlPlane.start();
    }

    @AfterEach
    void stop() throws IOException {
        controlPlane.close();
    }

    @Test
    void withoutAConfirmationTheOldPolicyComesBack() throws Exception {
        String hash = tryOut(81, AT_ONCE);

        assertAllowed(nextPolicy(), 80);
        assertThat(controlPlane.trial()).isEmpty();
        assertThat(controlPlane.confirm(hash)).contains("no candidate is being tried");
        assertThat(controlPlane.hold(hash, LONG)).contains("no candidate is being tried");
    }

    /** The wall clock may be put back meanwhile: what is left of the time is shown as it is kept. */
    @Test
    void endIsKeptByTheClockThatNobodySets() throws Exception {
        Instant before = SteadyTime.now();
        tryOut(81, LONG);
        Instant end = controlPlane.trial().orElseThrow().until();

        assertThat(end).isBetween(before.plus(LONG), SteadyTime.now().plus(LONG));
        Instant stepped = Instant.EPOCH;
        Duration left = Duration.between(stepped, SteadyTime.byTheWall(end, stepped));
        assertThat(left).isPositive().isLessThanOrEqualTo(LONG);
    }

    @Test
    void confirmedPolicyStaysWhenTheFileSaysTheSame() throws Exception {
        String hash = tryOut(81, LONG);

        Files.writeString(rules, allowing(81));
        assertThat(controlPlane.confirm(hash)).isEmpty();

        assertThat(controlPlane.refusal()).isEmpty();
        assertThat(inForce).isEmpty();
        assertThat(written).anyMatch(policy -> policy.files().equals(List.of(rules)));
        assertThat(controlPlane.rollBack()).isFalse();
        assertThat(controlPlane.confirm(hash)).isPresent();
    }

    @Test
    void whatTheFileDoesNotSayIsNotConfirmed() throws Exception {
        String hash = tryOut(81, LONG);
        assertThat(controlPlane.confirm(hash).orElseThrow()).contains("does not say what is being tried");

        Files.writeString(rules, "version: [");
        assertThat(controlPlane.confirm(hash).orElseThrow()).contains("does not say what is being tried");

        assertThat(controlPlane.trial()).isPresent();
        assertThat(inForce).isEmpty();
    }

    @Test
    void anotherHashThanThatWhichIsTriedIsRefused() throws Exception {
        String first = tryOut(81, LONG);
        String second = tryOut(82, LONG);
        Files.writeString(rules, allowing(81));

        assertThat(controlPlane.confirm(first).orElseThrow()).contains(second.substring(0, 12));
        assertThat(controlPlane.confirm("")).isPresent();
        assertThat(controlPlane.hold(first, LONG)).isPresent();

        assertThat(controlPlane.rollBack()).isTrue();
        assertAllowed(nextPolicy(), 80);
    }

    @Test
    void editMadeWhileTheFirstOfTwoWasTriedIsOneForTheSecondToo() throws Exception {
        tryOut(81, LONG);
        Files.writeString(rules, allowing(83));

        tryOut(82, LONG);

        assertThat(controlPlane.trial().orElseThrow().file())
                .isEqualTo(FileContent.hash(allowing(80).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void heldTrialDoesNotEndByTheTimeThatItHadBefore() throws Exception {
        Duration time = Duration.ofMillis(100);
        while (controlPlane.hold(tryOut(81, time), LONG).isPresent()) {
            assertAllowed(nextPolicy(), 80); // too late on a slow machine
            time = time.multipliedBy(2);
        }

        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS))
                .join();

        assertThat(controlPlane.trial()).isPresent();
        assertThat(inForce).isEmpty();
    }

    @Test
    void holdingNeverShortensATrial() throws Exception {
        String hash = tryOut(81, LONG);
        Instant end = controlPlane.trial().orElseThrow().until();

        assertThat(controlPlane.hold(hash, AT_ONCE)).isEmpty();

        assertThat(controlPlane.trial().orElseThrow().until()).isEqualTo(end);
    }

    @Test
    void fileThatWasWrittenByOneWhoWasKilledBeforeConfirmingIsWhatCounts() throws Exception {
        Duration time = Duration.ofMillis(500);
        tryOut(81, time);
        Files.writeString(rules, allowing(81));

        await().until(() -> controlPlane.trial().isEmpty());

        await().untilAsserted(() -> {
            controlPlane.reloadNow();
            assertThat(controlPlane.refusal()).isEmpty();
            assertThat(allows(lastPolicy(), 81)).isTrue();
        });
    }

    @Test
    void confirmationThatComesAfterAllFindsTheFileInForce() throws Exception {
        String hash = tryOut(81, LONG);
        assertThat(controlPlane.hold(hash, LONG)).isEmpty();
        assertThat(controlPlane.rollBack()).isTrue();
        assertAllowed(nextPolicy(), 80);

        Files.writeString(rules, allowing(81));
        assertThat(controlPlane.confirm(hash)).isEmpty();

        assertAllowed(lastPolicy(), 81);
    }

    @Test
    void confirmationThatComesTooLateSaysSo() throws Exception {
        String hash = tryOut(81, LONG);
        assertThat(controlPlane.hold(hash, LONG)).isEmpty();
        assertThat(controlPlane.rollBack()).isTrue();

        assertThat(controlPlane.confirm(hash).orElseThrow()).contains("was over");
        assertThat(controlPlane.confirm(hash)).contains("no candidate is being tried");
    }

    @Test
    void editOfTheFileWaitsForTheEndOfATrial() throws Exception {
        tryOut(81, LONG);

        Files.writeString(rules, allowing(82));
        controlPlane.reloadNow();
        assertThat(inForce).isEmpty();

        assertThat(controlPlane.rollBack()).isTrue();
        assertAllowed(nextPolicy(), 80);
        assertAllowed(nextPolicy(), 82);
    }

    /** Returns the hash of what is tried then. */
    private String tryOut(int port, Duration time) throws Exception {
        var text = new PolicyText("new.yaml", allowing(port).getBytes(StandardCharsets.UTF_8), rules);
        HostPolicy read = controlPlane.read(text);
        controlPlane.tryOut(
                read,
                new Asked(
                        directory.resolve("candidate"),
                        Optional.of("alice"),
                        FileContent.hash(rules),
                        Optional.empty(),
                        time));
        assertAllowed(nextPolicy(), port);
        return read.hash();
    }

    private HostPolicy nextPolicy() throws InterruptedException {
        last = Objects.requireNonNull(inForce.poll(30, TimeUnit.SECONDS), "no policy within 30 s");
        return last;
    }

    private HostPolicy lastPolicy() {
        for (HostPolicy next = inForce.poll(); next != null; next = inForce.poll()) {
            last = next;
        }
        return last;
    }

    private static void assertAllowed(HostPolicy loaded, int port) {
        assertThat(allows(loaded, port)).as("port %d", port).isTrue();
    }

    private static boolean allows(HostPolicy loaded, int port) {
        return loaded.filter()
                .judge(Hook.INPUT, FlowTuple.ofPorts(CLIENT, WEB, 6, port))
                .accepted();
    }

    private static String allowing(int port) {
        return """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(port);
    }
}
