package io.secgroupd.controlplane.store.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {

    private static final int LINES = 20;

    @TempDir
    private Path directory;

    @Test
    void putsOfTwoProcessesExcludeEachOther() throws Exception {
        var folder = new PolicyFolder(directory);
        Process other = OtherProcess.start(folder.rules, folder.state, "other", LINES);
        try {
            OtherProcess.addLines(folder.rules, folder.state, "own", LINES);
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(other.exitValue()).as(said).isZero();
        } finally {
            other.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(folder.rules);
        for (int i = 0; i < LINES; i++) {
            assertThat(lines).contains("# own " + i, "# other " + i);
        }
        assertThat(lines).hasSize(2 * LINES + 1);
        assertThat(folder.store().current().serial()).isEqualTo(2 * LINES + 1);
        assertThat(folder.names()).containsExactly("rules.yaml");
    }

    @Test
    void processThatIsKilledAtAnyMomentLeavesTheLastOrTheNextRevision() throws Exception {
        var folder = new PolicyFolder(directory);
        for (int round = 1; round <= 3; round++) {
            Process other = OtherProcess.start(folder.rules, folder.state, "round " + round, 1_000_000);
            long before = folder.store().current().serial();
            DirectoryStore store = folder.store();
            while (store.current().serial() < before + 5) {
                assertThat(other.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            other.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(folder.rules);
            long serial = folder.store().current().serial();
            assertThat(serial).isEqualTo(lines.size());
            assertThat(Files.readAllLines(folder.rules)).isEqualTo(lines);
            assertThat(folder.store().history(1).get(0).origin().author()).isEqualTo("terraform");
            folder.stored(folder.store(), Files.readString(folder.rules) + "# next\n");
            assertThat(folder.names()).containsExactly("rules.yaml"); // the next put has cleared up
        }
    }
}
