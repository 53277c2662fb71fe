package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.HoldOutcome;
import io.secgroupd.daemon.admin.ReloadOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What root has the daemon do, and what is answered: above all what stays in force when it is refused. */
class DaemonAdminTest extends ServiceFixture {

    @Test
    void anEditedFileComesIntoForce() throws Exception {
        Files.writeString(rules, allowing(81));

        ReloadOutcome outcome = changes.reload();

        assertThat(outcome.inForce()).isTrue();
        assertThat(outcome.generation()).isEqualTo(2);
        assertThat(outcome.hash()).isEqualTo(running.inForce().policy().hash());
        assertThat(allows(81)).isTrue();
        assertThat(allows(80)).isFalse();
    }

    @Test
    void aFileThatSaysTheSameIsNoNewGeneration() {
        assertThat(changes.reload()).returns(true, ReloadOutcome::inForce).returns(1L, ReloadOutcome::generation);
    }

    @Test
    void afterADamagedFileTheOldPolicyStaysAndEveryErrorIsTold() throws Exception {
        String before = running.inForce().policy().hash();
        Files.writeString(rules, allowing(70_000).replace("any", "nonsense"));

        ReloadOutcome outcome = changes.reload();

        assertThat(outcome.inForce()).isFalse();
        assertThat(outcome.hash()).isEqualTo(before);
        assertThat(outcome.problems()).hasSize(2).allMatch(problem -> problem.contains("rules.yaml:3"));
        assertThat(allows(80)).isTrue();
    }

    @Test
    void whileACandidateIsTriedTheFileIsNotRead() throws Exception {
        changes.apply(apply(allowing(81)));
        Files.writeString(rules, allowing(82));

        assertThat(changes.reload().inForce()).isFalse();
        assertThat(allows(81)).isTrue();
    }

    @Test
    void aCandidateIsInForceThoughTheFileIsNotWritten() throws Exception {
        ReloadOutcome outcome = changes.apply(apply(allowing(81)));

        assertThat(outcome.inForce()).isTrue();
        assertThat(allows(81)).isTrue();
        assertThat(Files.readString(rules)).isEqualTo(allowing(80));
    }

    @Test
    void aRolledBackCandidateLeavesThePolicyBeforeIt() {
        changes.apply(apply(allowing(81)));

        assertThat(changes.rollback().inForce()).isTrue();
        assertThat(allows(80)).isTrue();
        assertThat(allows(81)).isFalse();
        assertThat(changes.rollback().inForce()).isFalse();
    }

    @Test
    void whoIsLockedOutByItsOwnCandidateIsRefused() {
        ApplyRequest overSsh = from(apply(allowing(81)), "198.51.100.7,10.0.0.1,22");

        assertThat(changes.apply(overSsh).inForce()).isFalse();
        assertThat(allows(80)).isTrue();
        assertThat(changes.apply(from(apply(allowing(22)), "198.51.100.7,10.0.0.1,22"))
                        .inForce())
                .isTrue();
    }

    @Test
    void cuttingIsRefusedWhereTheKernelKnowsNoCutConnections() {
        ApplyRequest plain = apply(allowing(81));
        var cutting = new ApplyRequest(
                plain.name(), plain.content(), plain.time(), Optional.of("cut"), plain.by(), plain.caller());

        assertThat(changes.apply(cutting).inForce()).isFalse();
        assertThat(control.trial()).isEmpty();
        assertThat(allows(80)).isTrue();
    }

    @Test
    void aRefusedCandidateLeavesTheOneThatIsTried() throws Exception {
        changes.apply(apply(allowing(81)));
        ReloadOutcome refused = changes.apply(apply("version: ["));

        assertThat(refused.inForce()).isFalse();
        assertThat(refused.problems()).isNotEmpty();
        assertThat(allows(81)).isTrue();
        assertThat(changes.hold(Optional.empty(), Optional.of("ada"))
                        .held()
                        .orElseThrow()
                        .content())
                .isEqualTo(allowing(81));
    }

    @Test
    void aHeldCandidateThatIsWrittenIsConfirmed() throws Exception {
        changes.apply(apply(allowing(81)));
        HoldOutcome hold = changes.hold(Optional.empty(), Optional.of("ada"));
        String hash = hold.held().orElseThrow().hash();
        Files.writeString(rules, hold.held().orElseThrow().content());

        assertThat(changes.confirm(hash).inForce()).isTrue();
        assertThat(control.trial()).isEmpty();
        assertThat(allows(81)).isTrue();
    }

    @Test
    void whatWasNotWrittenIsNotConfirmed() {
        changes.apply(apply(allowing(81)));
        String hash = control.trial().orElseThrow().hash();

        assertThat(changes.confirm(hash).inForce()).isFalse();
        assertThat(control.trial()).isPresent();
    }

    @Test
    void whatWasRefusedSaysWhichGenerationStays() {
        changes.apply(apply(allowing(81)));

        assertThat(changes.apply(apply("version: [")).sentence()).endsWith("generation 2 stays in force");
    }

    @Test
    void aFullOrMissingStateDirectoryIsAReasonAndNoFault() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        var nowhere = new Candidates(control, file);

        assertThat(nowhere.start(apply(allowing(81))).orElseThrow().why()).contains("cannot be stored");
        assertThat(allows(80)).isTrue();
    }

    private static ApplyRequest from(ApplyRequest request, String caller) {
        return new ApplyRequest(
                request.name(),
                request.content(),
                request.time(),
                request.existing(),
                request.by(),
                Optional.of(caller));
    }
}
