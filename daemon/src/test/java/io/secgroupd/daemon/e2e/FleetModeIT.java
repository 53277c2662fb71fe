package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before and after a policy is published, the commands of the fleet say which instances observe no longer, or from now on. */
@NetnsTest
class FleetModeIT {

    private static final String RULES = """
            version: 1
            security_groups: { sg-db: { inbound: [{ protocol: tcp, ports: 3306, source: 10.0.0.0/8 }] } }
            instances:
              db-1: { addresses: [10.0.2.10], security_groups: [sg-db]%s }
              db-2: { addresses: [10.0.2.11], security_groups: [sg-db], mode: observe }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void aStoreOfOneRevision() throws Exception {
        Files.writeString(directory.resolve("control.yaml"), "store: { directory: " + directory + " }\n");
        revise("");
    }

    /** Edits the file by hand, and lets the store learn of it. */
    private void revise(String modeOfOne) throws Exception {
        Files.writeString(directory.resolve("rules.yaml"), RULES.formatted(modeOfOne));
        assertThat(fleet("publish rules.yaml --dry-run").exitCode()).isZero();
    }

    private Script fleet(String command) throws Exception {
        Map<String, String> state =
                Map.of("STATE_DIRECTORY", directory.resolve("state").toString());
        return Script.run(directory, state, "$SG fleet " + command + " --control control.yaml");
    }

    @Test
    void aDryRunNamesTheModesThatWouldChange() throws Exception {
        Files.writeString(directory.resolve("next.yaml"), RULES.formatted(", mode: observe"));

        Script dry = fleet("publish next.yaml --dry-run");

        assertThat(dry.out())
                .startsWith("instance db-1: enforce -> observe: what its rules refuse is let in from now on\n")
                .contains("nothing was published");
        assertThat(dry.err()).contains("what the rules of db-1 refuse is let in");
    }

    @Test
    void revisionsAreComparedAndRememberedWithTheirModes() throws Exception {
        revise(", mode: observe");

        assertThat(fleet("history").out()).contains("instance db-1: enforce -> observe");
        assertThat(fleet("diff 1 2").out())
                .isEqualTo("instance db-1: enforce -> observe: what its rules refuse is let in from now on\n");
        assertThat(fleet("diff 2 1 --output json").out())
                .isEqualTo("[{\"mode\":\"enforce\",\"before\":\"observe\",\"instances\":[\"db-1\"]}]\n");
    }
}
