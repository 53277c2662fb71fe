package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.admin.HoldOutcome.HeldCandidate;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.service.Candidates.NotHeldException;
import io.secgroupd.daemon.service.Candidates.RefusedCandidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which candidate is given out to be written, and to whom. */
class CandidatesTest extends ServiceFixture {

    @SuppressWarnings("NullAway.Init")
    private Candidates candidates;

    @BeforeEach
    void make() {
        candidates = new Candidates(control, state);
    }

    @Test
    void withoutACandidateThereIsNothingToHold() {
        assertThatThrownBy(() -> candidates.hold(Optional.empty(), Optional.empty()))
                .isInstanceOf(NotHeldException.class);
    }

    @Test
    void whoBeganItGetsItBack() throws Exception {
        candidates.start(apply(allowing(81)));

        HeldCandidate held = candidates.hold(Optional.empty(), Optional.of("ada"));

        assertThat(held.content()).isEqualTo(allowing(81));
        assertThat(held.by()).isEqualTo("ada");
        assertThat(held.rules()).isEqualTo(rules.toAbsolutePath().toString());
        assertThat(held.expected()).isEqualTo(FileContent.hash(rules));
    }

    @Test
    void anothersCandidateIsGivenOutOnlyByItsHash() throws Exception {
        candidates.start(apply(allowing(81)));
        String hash = control.trial().orElseThrow().hash();

        assertThatThrownBy(() -> candidates.hold(Optional.empty(), Optional.of("bob")))
                .isInstanceOf(NotHeldException.class)
                .hasMessageContaining("ada");
        assertThat(candidates
                        .hold(Optional.of(hash.substring(0, 8)), Optional.of("bob"))
                        .hash())
                .isEqualTo(hash);
    }

    @Test
    void fewDigitsOfAHashNameNothing() {
        candidates.start(apply(allowing(81)));
        String hash = control.trial().orElseThrow().hash();

        for (String given : List.of("", hash.substring(0, 7), "0000000000000000")) {
            assertThatThrownBy(() -> candidates.hold(Optional.of(given), Optional.of("ada")))
                    .as("hash %s", given)
                    .isInstanceOf(NotHeldException.class);
        }
    }

    @Test
    void theLaterOfTwoCandidatesIsHeldAndTheFileIsThatBeforeBoth() throws Exception {
        candidates.start(apply(allowing(81)));
        candidates.start(apply(allowing(82)));

        HeldCandidate held = candidates.hold(Optional.empty(), Optional.of("ada"));

        assertThat(held.content()).isEqualTo(allowing(82));
        assertThat(held.expected()).isEqualTo(FileContent.hash(rules));
    }

    @Test
    void aCopyThatSomebodyTookAwayIsNotWritten() throws Exception {
        candidates.start(apply(allowing(81)));
        Files.delete(state.resolve("candidate.yaml"));

        assertThatThrownBy(() -> candidates.hold(Optional.empty(), Optional.of("ada")))
                .isInstanceOf(NotHeldException.class);
    }

    @Test
    void errorsAreToldUnderTheNameThatTheOperatorKnows() {
        RefusedCandidate refused = candidates.start(apply(allowing(70_000))).orElseThrow();

        assertThat(refused.problems()).singleElement().asString().startsWith("rules.yaml:3:");
        assertThat(control.trial()).isEmpty();
    }

    @Test
    void aCandidateThatIsNoneOfThisHostsIsRefused() {
        String elsewhere = allowing(81).replace("10.0.0.1", "10.0.0.2");

        assertThat(candidates.start(apply(elsewhere))).isPresent();
        assertThat(allows(80)).isTrue();
    }

    @Test
    void nothingOfARefusedCandidateIsLeft() throws Exception {
        candidates.start(apply("version: ["));

        assertThat(filesOfState()).isEmpty();
    }

    /** A restart follows the rules file: nobody should take an old candidate for what is being tried. */
    @Test
    void anEarlierCandidateIsForgottenAtAStart() throws Exception {
        candidates.start(apply(allowing(81)));
        Path old = Files.createDirectory(state.resolve("candidate"));
        Files.createSymbolicLink(old.resolve("rules.yaml"), rules);

        new Candidates(control, state);

        assertThat(filesOfState()).isEmpty();
        assertThat(rules).exists();
    }

    private List<Path> filesOfState() throws IOException {
        try (Stream<Path> files = Files.list(state)) {
            return files.toList();
        }
    }
}
