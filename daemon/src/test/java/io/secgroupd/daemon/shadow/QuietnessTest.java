package io.secgroupd.daemon.shadow;

import static io.secgroupd.daemon.shadow.Found.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a candidate has been quiet for long enough. */
class QuietnessTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant LATER = NOON.plus(Duration.ofDays(8));
    private static final Difference OLD =
            Found.refused(80, 3, LATER.minus(Duration.ofDays(7)).minusMillis(1));
    private static final Difference RECENT = Found.refused(81, 3, LATER.minus(Duration.ofDays(7)));

    @Test
    void aWeekWithoutADifferenceIsQuiet() {
        assertThat(Quietness.objection(report(Found.totals()), WEEK, LATER)).isEmpty();
    }

    @Test
    void aDifferenceFromBeforeTheWeekIsQuiet() {
        assertThat(Quietness.objection(report(Found.totals(OLD)), WEEK, LATER)).isEmpty();
    }

    @Test
    void aDifferenceWithinTheWeekIsNamed() {
        assertThat(Quietness.objection(report(Found.totals(OLD, RECENT)), WEEK, LATER))
                .get()
                .asString()
                .contains("1 difference within 7d", RECENT.id())
                .doesNotContain(OLD.id());
    }

    @Test
    void aDifferenceThatWasAcceptedIsQuiet() {
        var report = new ShadowReport(Found.candidate(), Found.totals(RECENT), Set.of(RECENT.id()));

        assertThat(Quietness.objection(report, WEEK, LATER)).isEmpty();
    }

    @Test
    void lessThanAWeekIsNotQuietEvenWithoutADifference() {
        assertThat(Quietness.objection(
                        report(Found.totals()), WEEK, NOON.plus(WEEK).minusMillis(1)))
                .get()
                .asString()
                .contains("for 6d only");
        assertThat(Quietness.objection(report(Found.totals()), WEEK, NOON.plus(WEEK)))
                .isEmpty();
    }

    @Test
    void aHostWhoseClockWasSetBackHasNotWaited() {
        assertThat(Quietness.objection(report(Found.totals()), WEEK, NOON.minus(WEEK)))
                .isPresent();
    }

    @Test
    void aWeekInWhichNothingWasJudgedProvesNothing() {
        assertThat(Quietness.objection(report(ShadowTotals.NOTHING), WEEK, LATER))
                .get()
                .asString()
                .contains("no connection");
    }

    @Test
    void aCandidateThatFailedProvesNothing() {
        assertThat(Quietness.objection(report(new ShadowTotals(10, 1, List.of())), WEEK, LATER))
                .get()
                .asString()
                .contains("1 packet");
    }

    @Test
    void whatTheTableHadNoRoomForIsNotQuietUnlessItIsAcceptedToo() {
        Difference others = Difference.others(DifferenceKind.NEWLY_ALLOWED, 5, NOON, LATER);

        assertThat(Quietness.objection(report(Found.totals(others)), WEEK, LATER))
                .isPresent();
        assertThat(Quietness.objection(
                        new ShadowReport(Found.candidate(), Found.totals(others), Set.of(others.id())), WEEK, LATER))
                .isEmpty();
    }

    private static ShadowReport report(ShadowTotals totals) {
        return new ShadowReport(Found.candidate(), totals, Set.of());
    }
}
