package io.secgroupd.daemon.shadow;

import static io.secgroupd.daemon.shadow.Found.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each distinct difference once, however often and beside however many policies it was met. */
class ShadowTotalsTest {

    @Test
    void theSameDifferenceBesideAnotherPolicyIsCountedOnWithItsNewPlace() {
        Difference before = Found.refused(80, 3, NOON.plusSeconds(10));
        DecidedBy moved = new DecidedBy("ingress", "web", "rule", "sg-web", "sgr-1", "rules.yaml:9", "tcp 80 from any");
        Difference after = new Difference(
                before.kind(),
                "tcp",
                "80",
                moved,
                before.candidate(),
                "203.0.113.1",
                "10.0.0.1",
                2,
                NOON.plusSeconds(20),
                NOON.plusSeconds(30));

        ShadowTotals sum = Found.totals(before).plus(Found.totals(after));

        assertThat(sum.connections()).isEqualTo(200);
        assertThat(sum.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.id()).isEqualTo(before.id());
            assertThat(difference.count()).isEqualTo(5);
            assertThat(difference.first()).isEqualTo(NOON);
            assertThat(difference.last()).isEqualTo(NOON.plusSeconds(30));
            assertThat(difference.inForce().at()).isEqualTo("rules.yaml:9");
        });
    }

    @Test
    void moreThanTheTableHoldsAreCountedTogether() {
        Difference[] many = IntStream.rangeClosed(1, ShadowTotals.MOST + 10)
                .mapToObj(port -> Found.refused(port, 2, NOON))
                .toArray(Difference[]::new);

        ShadowTotals sum = ShadowTotals.NOTHING.plus(Found.totals(many));

        assertThat(sum.differences()).hasSize(ShadowTotals.MOST + 1);
        assertThat(sum.differences())
                .filteredOn(Difference::isOthers)
                .singleElement()
                .satisfies(others -> assertThat(others.count()).isEqualTo(20));
        assertThat(sum.count(DifferenceKind.NEWLY_REFUSED)).isEqualTo(2 * (ShadowTotals.MOST + 10));
        assertThat(sum.count(DifferenceKind.NEWLY_ALLOWED)).isZero();
    }
}
