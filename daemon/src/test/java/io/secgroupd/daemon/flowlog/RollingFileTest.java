package io.secgroupd.daemon.flowlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingFileTest {

    private static final long LARGE = 1 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path log;

    @SuppressWarnings("NullAway.Init")
    private OldFiles oldFiles;

    private long now;

    @BeforeEach
    void name() {
        log = directory.resolve("flows.log");
        oldFiles = new OldFiles(log, 2, Duration.ZERO);
    }

    @AfterEach
    void endCompression() {
        oldFiles.close();
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Files.writeString(log, "one\n");

        append(file(LARGE), "two\n");

        assertThat(log).hasContent("one\ntwo\n");
    }

    @Test
    void othersMayNotReadIt() throws IOException {
        append(file(LARGE), "one\n");

        assertThat(Files.getPosixFilePermissions(log)).isSubsetOf(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void turnsOverAtItsSizeCompressesAndKeepsTwo() throws IOException {
        RollingFile file = file(8);
        for (String line : new String[] {"first..\n", "second.\n", "third..\n", "fourth.\n"}) {
            append(file, line);
            await().until(oldFiles::ready);
        }

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("flows.1.log.gz", "flows.2.log.gz");
        assertThat(unzipped("flows.1.log.gz")).isEqualTo("fourth.\n");
        assertThat(unzipped("flows.2.log.gz")).isEqualTo("third..\n");
    }

    @Test
    void aFileThatIsFollowedBeforeItHasRestedStaysAsItIs() throws IOException {
        oldFiles = new OldFiles(log, 2, Duration.ofDays(1));
        RollingFile file = file(8);
        append(file, "first..\n");
        append(file, "second.\n");

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("flows.1.log", "flows.2.log");
        assertThat(directory.resolve("flows.2.log")).hasContent("first..\n");
    }

    @Test
    void aCopyThatACrashLeftUncompressedMovesOnWithTheOthers() throws IOException {
        Files.writeString(directory.resolve("flows.1.log"), "left\n");

        append(file(4), "next\n");
        await().until(oldFiles::ready);

        assertThat(directory.resolve("flows.2.log")).hasContent("left\n");
        assertThat(unzipped("flows.1.log.gz")).isEqualTo("next\n");
    }

    @Test
    void aFileThatIsMovedAwayIsMadeAgain() throws IOException {
        RollingFile file = file(LARGE);
        append(file, "one\n");
        Files.move(log, directory.resolve("moved"));

        append(file, "two\n");

        assertThat(directory.resolve("moved")).hasContent("one\n");
        assertThat(log).hasContent("two\n");
    }

    @Test
    void aFileThatIsRemovedWithItsDirectoryWaitsForTheDirectory() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        log = folder.resolve("flows.log");
        RollingFile file = file(LARGE);
        append(file, "one\n");
        Files.delete(log);
        Files.delete(folder);

        assertThat(file.append(bytes("two\n"))).isZero();
        Files.createDirectory(folder);
        assertThat(file.append(bytes("two\n")))
                .as("tried again only after a second")
                .isZero();
        now += TimeUnit.SECONDS.toNanos(1);
        append(file, "two\n");

        assertThat(log).hasContent("two\n");
    }

    @Test
    void aDirectoryInItsPlaceTakesNothingUntilItIsGone() throws IOException {
        Files.createDirectory(log);
        RollingFile file = file(LARGE);

        assertThat(file.append(bytes("one\n"))).isZero();
        Files.delete(log);
        now += TimeUnit.SECONDS.toNanos(1);
        append(file, "one\n");

        assertThat(log).hasContent("one\n");
    }

    @Test
    void aFullDiskTakesNothing() throws IOException {
        Files.createSymbolicLink(log, Path.of("/dev/full"));
        RollingFile file = file(LARGE);

        assertThat(file.append(bytes("one\n"))).isZero();
        Files.delete(log);
        now += TimeUnit.SECONDS.toNanos(1);
        append(file, "one\n");

        assertThat(log).hasContent("one\n");
    }

    @Test
    void oldFilesStayWhereThereIsRoomForOneMore() throws IOException {
        Files.writeString(directory.resolve("flows.2.log"), "old\n");

        append(file(4), "next\n");
        await().until(oldFiles::ready);

        assertThat(directory.resolve("flows.2.log")).hasContent("old\n");
        assertThat(unzipped("flows.1.log.gz")).isEqualTo("next\n");
    }

    @Test
    void aFileThatCannotBeRenamedGrowsAndHasEachLineOnce() throws IOException {
        Files.writeString(directory.resolve("flows.1.log"), "old\n");
        Path obstacle = Files.createDirectories(directory.resolve("flows.2.log/full"));
        RollingFile file = file(4);
        append(file, "one\n");
        append(file, "two\n");

        assertThat(log).hasContent("one\ntwo\n");
        Files.delete(obstacle);
        append(file, "three\n");
        assertThat(log).as("tried again only after ten seconds").hasContent("one\ntwo\nthree\n");
        now += TimeUnit.SECONDS.toNanos(10);
        append(file, "four\n");
        await().until(oldFiles::ready);

        assertThat(log).doesNotExist();
        assertThat(unzipped("flows.1.log.gz")).isEqualTo("one\ntwo\nthree\nfour\n");
        assertThat(directory.resolve("flows.2.log")).hasContent("old\n");
    }

    private RollingFile file(long rotateBytes) {
        return new RollingFile(log, rotateBytes, oldFiles, () -> now);
    }

    private static void append(RollingFile file, String lines) {
        assertThat(file.append(bytes(lines))).isEqualTo(lines.length());
    }

    private static ByteBuffer bytes(String lines) {
        return ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    }

    private String unzipped(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
