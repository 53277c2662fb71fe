package io.secgroupd.daemon.shadow;

import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps the candidate over restarts: a copy of all its files as they were when it began, under the paths that they have below
 * the root, and a report. The report is written last and removed first, and without it the files count for nothing.
 */
final class ShadowStore {

    private static final Path ROOT = Path.of("/");

    private final Path files;
    private final ShadowFile report;
    private final Path readings;

    /** @param directory for the candidate alone; made when something is stored */
    ShadowStore(Path directory) {
        this.files = directory.resolve("files");
        this.report = new ShadowFile(directory.resolve("shadow.json"));
        this.readings = directory.resolve("readings");
    }

    /** Stores a candidate of which nothing is known yet. */
    void begin(PolicyFiles candidate, ShadowReport first) throws IOException {
        end();
        for (Map.Entry<Path, byte[]> file : candidate.contents().entrySet()) {
            Path copy = files.resolve(ROOT.relativize(file.getKey()));
            Files.createDirectories(copy.resolveSibling("."));
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(file.getValue());
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true); // a full disk may report its error only here
            }
        }
        report.write(first);
    }

    void update(ShadowReport now) throws IOException {
        report.write(now);
    }

    /** The report that was stored last; empty without a candidate. */
    Optional<ShadowReport> report() throws IOException {
        return report.read();
    }

    /**
     * The files of the candidate.
     *
     * @param rules the absolute path of the file that includes the others
     */
    PolicyFiles files(Path rules) throws IOException {
        Map<Path, byte[]> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(files)) {
            for (Path copy : all.filter(Files::isRegularFile).toList()) {
                contents.put(ROOT.resolve(files.relativize(copy)), Files.readAllBytes(copy));
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new PolicyFiles(rules, contents);
    }

    /** Counts how many times the files were about to be read without being judged afterwards, this time included. */
    int countReading() throws IOException {
        int before = Files.exists(readings) ? (int) Files.size(readings) : 0;
        Files.write(readings, new byte[before + 1]);
        return before + 1;
    }

    /** Forgets these readings, because the candidate is judged. */
    void forgetReadings() {
        try {
            Files.deleteIfExists(readings);
        } catch (IOException e) {
            // Then the next starts count on, and the candidate ends early at the worst.
        }
    }

    /** Removes everything. */
    void end() throws IOException {
        report.delete();
        forgetReadings();
        if (Files.exists(files)) {
            try (Stream<Path> all = Files.walk(files)) {
                for (Path old : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(old);
                }
            }
        }
    }
}
