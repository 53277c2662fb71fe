package io.secgroupd.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemsTest {

    @Test
    void areSortedByPlaceAndToldApartBySeverity() {
        var problems = new Problems();
        problems.error(new Location("b.yaml", 1, 1), "", "last");
        problems.error(new Location("a.yaml", 10, 1), "x", "third");
        problems.warning(new Location("a.yaml", 9, 20), "x", "second");
        problems.error(new Location("a.yaml", 9, 3), "x", "first");
        assertThat(problems.sorted().stream().map(Problem::toString))
                .containsExactly(
                        "a.yaml:9:3: x: first",
                        "a.yaml:9:20: warning: x: second",
                        "a.yaml:10:1: x: third",
                        "b.yaml:1:1: last");
    }

    @Test
    void warningsNeverCrowdOutErrors() {
        var problems = new Problems(2);
        for (int line = 1; line <= 5; line++) {
            problems.warning(new Location("a", line, 1), "", "w");
        }
        assertThat(problems.hasErrors()).isFalse();
        problems.error(new Location("a", 6, 1), "", "e");
        assertThat(problems.hasErrors()).isTrue();
        assertThat(problems.sorted().stream().map(Problem::toString))
                .containsExactly(
                        "a:1:1: warning: w",
                        "a:2:1: warning: w",
                        "a:5:1: warning: 3 more warnings up to here are not listed",
                        "a:6:1: e");
    }
}
