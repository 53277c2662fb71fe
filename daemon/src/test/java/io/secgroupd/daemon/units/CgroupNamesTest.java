package io.secgroupd.daemon.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of groups, which come and go: a clock in the hand of the test says when they may be read again. */
class CgroupNamesTest {

    private static final long READING_NANOS = 1000;

    private final Map<Long, String> groups = new HashMap<>();
    private long now;
    private int readings;

    private final CgroupNames names = new CgroupNames(this::read, () -> now);

    private Map<Long, String> read() {
        readings++;
        now += READING_NANOS;
        return Map.copyOf(groups);
    }

    @Test
    void aKnownGroupIsNotReadAgain() {
        groups.put(7L, "nginx.service");

        assertThat(names.of(7)).isEqualTo("nginx.service");
        assertThat(names.of(7)).isEqualTo("nginx.service");
        assertThat(readings).isOne();
    }

    @Test
    void aNewGroupIsFoundWhenTheGroupsMayBeReadAgain() {
        groups.put(7L, "nginx.service");
        names.of(7);
        groups.put(8L, "backup.service");

        assertThat(names.of(8)).as("too soon").isNull();
        now += 20 * READING_NANOS;
        assertThat(names.of(8)).isEqualTo("backup.service");
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void aGroupThatIsNotToBeSeenIsLookedForOnce() {
        assertThat(names.of(9)).isEmpty();
        now += 1000 * READING_NANOS;
        assertThat(names.of(9)).isEmpty();
        assertThat(readings).isOne();
    }

    @Test
    void aGroupThatHasEndedKeepsItsName() {
        groups.put(7L, "nginx.service");
        names.of(7);
        groups.clear();
        now += 1000 * READING_NANOS;
        names.of(8);

        assertThat(names.of(7)).isEqualTo("nginx.service");
    }

    /** Two ids that share a place take turns in it. */
    @Test
    void idsInOnePlaceAreNotConfused() {
        groups.put(7L, "nginx.service");
        groups.put(7L + 256, "backup.service");

        for (int turn = 0; turn < 2; turn++) {
            assertThat(names.of(7)).isEqualTo("nginx.service");
            assertThat(names.of(7L + 256)).isEqualTo("backup.service");
        }
        assertThat(readings).isOne();
    }

    @Test
    void theTreeHasEachDirectoryUnderTheNumberOfItsInode(@TempDir Path root) throws Exception {
        Path slice = Files.createDirectory(root.resolve("system.slice"));
        Path unit = Files.createDirectory(slice.resolve("nginx.service"));
        Files.createFile(unit.resolve("cgroup.procs"));
        Files.createSymbolicLink(root.resolve("loop"), root);

        assertThat(new CgroupTree(root).read())
                .containsOnly(
                        Map.entry(inode(root), "/"),
                        Map.entry(inode(slice), "system.slice"),
                        Map.entry(inode(unit), "nginx.service"));
    }

    private static long inode(Path path) throws Exception {
        return (long) Files.getAttribute(path, "unix:ino");
    }
}
