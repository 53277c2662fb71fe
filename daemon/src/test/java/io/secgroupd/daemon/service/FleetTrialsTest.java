package io.secgroupd.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.GuardRequest;
import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The trials of revisions that a control server has sent: read from memory, and ended by what the disk says. */
class FleetTrialsTest extends ServiceFixture {

    private static final Duration LONG = Duration.ofHours(1);

    private static final String TWO_FILES = """
            version: 1
            include: [groups.yaml]
            instances:
              web: { addresses: [10.0.0.1], security_groups: [sg-web] }
            """;

    @Test
    void aRevisionOfSeveralFilesIsInForceBeforeAnyIsWritten() throws Exception {
        assertThat(fleet.tryOut(twoFiles(81), LONG).inForce()).isTrue();

        assertThat(allows(81)).isTrue();
        assertThat(allows(80)).isFalse();
        assertThat(Files.readString(rules)).isEqualTo(allowing(80));
        assertThat(directory.resolve("groups.yaml")).doesNotExist();
        assertThat(changes.reload().inForce()).isFalse();
    }

    @Test
    void aRevisionThatIsWrittenIsConfirmed() throws Exception {
        GuardRequest revision = twoFiles(81);
        fleet.tryOut(revision, LONG);
        assertThat(fleet.confirm(revision.after()).inForce()).isFalse();
        assertThat(fleet.hold(revision.after()).inForce()).isTrue();
        write(revision);

        assertThat(fleet.confirm(revision.after()).inForce()).isTrue();

        assertThat(control.trial()).isEmpty();
        assertThat(changes.reload()).returns(revision.after(), ReloadOutcome::hash);
        assertThat(allows(81)).isTrue();
    }

    @Test
    void aRevisionThatIsRolledBackLeavesThePolicyBeforeIt() throws Exception {
        GuardRequest revision = twoFiles(81);
        fleet.tryOut(revision, LONG);
        assertThat(fleet.rollBack("another").inForce()).isFalse();

        assertThat(fleet.rollBack(revision.after()).inForce()).isTrue();

        assertThat(allows(80)).isTrue();
        assertThat(fleet.rollBack(revision.after()).sentence()).startsWith("this revision is not being tried");
    }

    @Test
    void aRevisionThatNobodyConfirmsEndsByTime() throws Exception {
        fleet.tryOut(twoFiles(81), Duration.ofMillis(1));

        await().until(() -> allows(80));
        assertThat(control.trial()).isEmpty();
    }

    /** As when {@code pull} was killed after its last file, and only an included file differs. */
    @Test
    void aRevisionThatWasWrittenStaysWhenItsTimeIsOver() throws Exception {
        GuardRequest first = twoFiles(81);
        write(first);
        assertThat(changes.reload().inForce()).isTrue();
        GuardRequest revision = twoFiles(82);
        fleet.tryOut(revision, LONG);
        write(revision);

        assertThat(fleet.tryOut(twoFiles(83), LONG).inForce()).isTrue();
        assertThat(fleet.rollBack(twoFiles(83).after()).inForce()).isTrue();

        assertThat(allows(82)).isTrue();
    }

    @Test
    void aNextRevisionTakesThePlaceOfOneThatIsStillTried() throws Exception {
        fleet.tryOut(twoFiles(81), LONG);
        GuardRequest next = twoFiles(82);
        fleet.tryOut(next, LONG);
        assertThat(allows(82)).isTrue();

        fleet.rollBack(next.after());

        assertThat(allows(80)).isTrue();
    }

    @Test
    void aRevisionWithAnErrorIsRefusedWithItsPlace() throws Exception {
        GuardRequest broken = revision(Map.of(rules, allowing(81).replace("tcp", "tpc")));

        ReloadOutcome outcome = fleet.tryOut(broken, LONG);

        assertThat(outcome.inForce()).isFalse();
        assertThat(outcome.problems())
                .anyMatch(problem -> problem.contains("rules.yaml:3:") && problem.contains("tpc"));
        assertThat(control.trial()).isEmpty();
    }

    /** A file that is only on the disk is none of the revision: it would be another one on another host. */
    @Test
    void aFileThatIsNotSentIsMissing() throws Exception {
        Files.writeString(directory.resolve("groups.yaml"), groups(81));

        assertThat(fleet.tryOut(revision(Map.of(rules, TWO_FILES)), LONG).problems())
                .anyMatch(problem -> problem.contains("no such file"));
    }

    @Test
    void otherFilesOrAnotherHashOrAnotherPolicyBeforeAreRefused() throws Exception {
        GuardRequest right = twoFiles(81);
        var elsewhere = new GuardRequest(
                Path.of("/other.yaml"), right.files(), right.before(), right.after(), Optional.empty());
        var another = new GuardRequest(rules, right.files(), right.before(), "0000", Optional.empty());
        var late = new GuardRequest(rules, right.files(), "0000", right.after(), Optional.empty());

        assertThat(fleet.tryOut(elsewhere, LONG).sentence()).contains("another file");
        assertThat(fleet.tryOut(another, LONG).sentence()).contains("another policy");
        assertThat(fleet.tryOut(late, LONG).sentence()).contains("has changed meanwhile");
        assertThat(control.trial()).isEmpty();
    }

    @Test
    void whoIsConnectedToThisHostIsNotShutOut() throws Exception {
        Files.writeString(rules, allowing(22));
        assertThat(changes.reload().inForce()).isTrue();
        Path proc = Files.createDirectories(directory.resolve("proc"));
        Files.writeString(proc.resolve("tcp"), "head\n 0: 0100000A:0016 076433C6:D431 01 0:0 0:0 0 0 0 1\n");

        assertThat(fleet.tryOut(twoFiles(81), LONG).sentence()).contains("it would lock you out: tcp 198.51.100.7");
        assertThat(fleet.tryOut(twoFiles(22), LONG).inForce()).isTrue();
    }

    @Test
    void theTrialOfAnOperatorIsLeftAlone() throws Exception {
        changes.apply(apply(allowing(82)));
        String hash = control.trial().orElseThrow().hash();

        assertThat(fleet.tryOut(twoFiles(81), LONG).sentence()).contains("an operator is trying");
        assertThat(fleet.hold(hash).inForce()).isFalse();
        assertThat(fleet.rollBack(hash).sentence()).contains("an operator is trying");
        Files.writeString(rules, allowing(82));
        assertThat(fleet.confirm(hash).inForce()).isFalse();
        assertThat(control.trial()).isPresent();
    }

    @Test
    void anOperatorMayEndTheTrialOfARevisionAndNotMixItWithACandidate() throws Exception {
        fleet.tryOut(twoFiles(81), LONG);

        assertThat(changes.apply(apply(allowing(82))).sentence()).contains("secgroupd rollback");
        assertThat(changes.hold(Optional.empty(), Optional.of("ada")).outcome().sentence())
                .contains("a revision of the control server");
        assertThat(changes.rollback().inForce()).isTrue();
        assertThat(allows(80)).isTrue();
    }

    private GuardRequest twoFiles(int port) {
        return revision(Map.of(rules, TWO_FILES, directory.resolve("groups.yaml"), groups(port)));
    }

    private static String groups(int port) {
        return """
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                """.formatted(port);
    }

    private GuardRequest revision(Map<Path, String> texts) {
        var files = new TreeMap<Path, byte[]>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
        String hash = PolicyReader.read(new PolicyFiles(rules, files)).hash();
        return new GuardRequest(rules, files, running.inForce().policy().hash(), hash, Optional.empty());
    }

    private static void write(GuardRequest revision) throws Exception {
        for (Map.Entry<Path, byte[]> file : revision.files().entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }
}
