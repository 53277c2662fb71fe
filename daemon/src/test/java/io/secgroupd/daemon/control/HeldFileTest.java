package io.secgroupd.daemon.control;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.control.PolicyLoader.HeldFiles;
import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may replace a file can do it between any two calls of who reads it: with a FIFO, which has no writer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldFileTest {

    private static final String RULES = """
            version: 1
            include: [more.yaml]
            prefix_lists: { pl-a: { file: list.txt } }
            instances: { web: { addresses: [10.0.0.1] } }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        Files.writeString(directory.resolve("more.yaml"), "security_groups: { sg-a: { inbound: [] } }\n");
        Files.writeString(directory.resolve("list.txt"), "192.0.2.1\n");
    }

    @Test
    void fileThatLosesItsNameToAFifoIsReadAsItWas() throws Exception {
        Path fifo = fifo("fifo");
        FileInput.Holder swapped = file -> {
            HeldFile held = HeldFile.of(file);
            Files.move(fifo, file, ATOMIC_MOVE);
            return held;
        };

        try (FileInput in = FileInput.open(rules, 1000, swapped)) {
            assertThat(in.readAllBytes()).asString().isEqualTo(RULES);
        }
    }

    @Test
    void fifoIsRefusedWithoutAWriter() throws Exception {
        Path fifo = fifo("fifo");

        assertThatThrownBy(() -> FileInput.open(fifo, 1000, HeldFile::of)).hasMessageContaining("a pipe or device");
        assertThat(FileContent.hash(fifo)).isEqualTo(FileContent.NONE);
    }

    @Test
    void whatIsMissingIsToldAsWithoutHolding() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> HeldFile.of(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> FileInput.open(missing, 1000, HeldFile::of))
                .hasMessage("no such file; check the path");
        assertThatThrownBy(() -> FileInput.open(rules.resolve("below"), 1000, HeldFile::of))
                .hasMessageContaining("Not a directory");
    }

    @Test
    void loaderAnswersHoweverOftenFilesAndFifosChangePlaces() throws Exception {
        for (String name : List.of("rules.yaml", "more.yaml", "list.txt")) {
            loadWhileAFifoComesAndGoes(directory.resolve(name));
        }
    }

    private void loadWhileAFifoComesAndGoes(Path file) throws Exception {
        var stop = new AtomicBoolean();
        Path fifo = fifo(file.getFileName() + ".fifo");
        var swaps = CompletableFuture.runAsync(() -> swap(file, fifo, stop));
        var loader = new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001)));
        for (int i = 0; i < 2000; i++) {
            try {
                assertThat(loader.load().carried().instances()).hasSize(1);
            } catch (RefusedPolicyException e) {
                assertThat(e.problems()).singleElement().asString().contains("a pipe or device");
            }
        }
        stop.set(true);
        swaps.join();
    }

    /** Links of both, put in the file's place again and again, and the file at last. */
    private static void swap(Path file, Path fifo, AtomicBoolean stop) {
        try {
            Path kept = Files.createLink(file.resolveSibling(file.getFileName() + ".kept"), file);
            Path next = file.resolveSibling(file.getFileName() + ".next");
            while (!stop.get()) {
                Files.move(Files.createLink(next, fifo), file, ATOMIC_MOVE);
                Files.move(Files.createLink(next, kept), file, ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void rightsAreThoseOfTheFileThatWasRead() throws IOException {
        allow(rules, "rw-rw-rw-");
        var held = new HeldFiles();
        held.hold(rules).close();
        Path tight = Files.writeString(directory.resolve("tight.yaml"), RULES);
        allow(tight, "rw-------");
        Files.move(tight, rules, ATOMIC_MOVE);

        assertThat(FileRights.problems(RulesRights.REFUSE, List.of(rules), held.seen()))
                .anyMatch(problem -> problem.message().contains("mode rw-rw-rw-"));
        assertThat(FileRights.problems(RulesRights.REFUSE, List.of(rules), new TreeMap<>()))
                .noneMatch(problem -> problem.message().contains("mode rw-rw-rw-"));
    }

    private static void allow(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Path fifo(String name) throws IOException, InterruptedException {
        Path fifo = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }
}
