package io.secgroupd.daemon.control;

import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Copies the files of the policy that was last in force, so that a start can use them when the originals are damaged. The
 * copies lie in a directory named after their hash, with the same paths as below the root, so that includes still work. A
 * file {@code last-good} names the copy that counts, and is replaced in one step.
 */
public final class LastGood {

    private static final Path ROOT = Path.of("/");

    private final Path pointer;
    private final Path copies;
    private final StateFiles files;

    /** @param directory the daemon's state directory; made when something is stored */
    public LastGood(Path directory) {
        this(directory, StateFiles.ON_DISK);
    }

    /** @param files change the files of that directory */
    public LastGood(Path directory, StateFiles files) {
        this.files = files;
        pointer = directory.resolve("last-good");
        copies = directory.resolve("policies");
    }

    /**
     * One stored copy.
     *
     * @param rules the copy of the file that includes all others
     * @param hash the hash that the read copy must have; with any other the copy is damaged
     */
    public record Copy(Path rules, String hash) {}

    /** The copy of the policy that was last in force from this file. */
    public Optional<Copy> of(Path rules) {
        try {
            List<String> lines = Files.readAllLines(pointer);
            if (lines.size() != 2 || !lines.get(1).equals(rules.toAbsolutePath().toString())) {
                return Optional.empty();
            }
            String hash = lines.get(0);
            return Optional.of(new Copy(copyOf(rules, copies.resolve(hash)), hash));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The original files of the policy that was last in force from this file. */
    List<Path> originals(Path rules) {
        Optional<Path> copy = of(rules).map(good -> copies.resolve(good.hash()));
        if (copy.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(copy.get())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> ROOT.resolve(copy.get().relativize(file)))
                    .toList();
        } catch (IOException | UncheckedIOException damaged) {
            return List.of();
        }
    }

    /**
     * Copies the files of a policy that was read from {@code rules}; does nothing when they are stored already.
     *
     * @throws IOException when that fails; what was stored before still counts then
     */
    public synchronized void store(Path rules, HostPolicy policy) throws IOException {
        if (of(rules).filter(copy -> copy.hash().equals(policy.hash())).isPresent()) {
            return;
        }
        Path copy = copies.resolve(policy.hash());
        List<Path> copied = new ArrayList<>();
        for (Path file : policy.files()) {
            if (Files.isRegularFile(file)) {
                Path target = copyOf(file, copy);
                files.makeDirectoryOf(target);
                files.copy(file, target);
                files.force(target);
                copied.add(target);
            }
        }
        if (!hold(copied, copyOf(rules, copy), policy.hash())) {
            throw new IOException("a file was edited before it was copied");
        }
        pointTo(policy.hash(), rules);
        removeAllBut(copy);
    }

    /**
     * Whether the copies are what was read, although somebody may have written to the originals since. Where a file is named
     * twice, only a reading can tell.
     */
    private static boolean hold(List<Path> copied, Path first, String hash) {
        return PolicyReader.isStill(copied, hash, HeldFile::of)
                || PolicyReader.read(first, HeldFile::of).hash().equals(hash);
    }

    private static Path copyOf(Path file, Path copy) {
        Path absolute = file.toAbsolutePath().normalize();
        return copy.resolve(ROOT.relativize(absolute));
    }

    private void pointTo(String hash, Path rules) throws IOException {
        Path fresh = pointer.resolveSibling("last-good.new");
        files.write(fresh, hash + "\n" + rules.toAbsolutePath() + "\n");
        files.force(fresh);
        files.replace(fresh, pointer);
    }

    private void removeAllBut(Path kept) throws IOException {
        try (Stream<Path> all = Files.walk(copies)) {
            for (Path old : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!old.equals(copies) && !old.startsWith(kept)) {
                    files.delete(old);
                }
            }
        }
    }
}
