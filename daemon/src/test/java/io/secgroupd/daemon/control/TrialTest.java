package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.control.Trial.TrialRequest;
import io.secgroupd.rules.file.PolicyText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is tried, confirmed or forgotten: file and policy in force agree whatever comes between. */
class TrialTest extends ControlPlaneFixture {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

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
                new TrialRequest(
                        directory.resolve("candidate"),
                        Optional.of("alice"),
                        FileContent.hash(rules),
                        Optional.empty(),
                        time,
                        false));
        assertAllowed(nextPolicy(), port);
        return read.hash();
    }
}
