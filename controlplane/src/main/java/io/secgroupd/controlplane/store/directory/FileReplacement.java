package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * New content for one file. It is written beside the file under a hidden name, and then the two names are exchanged. Whatever
 * somebody saved in the meantime comes out under the hidden name, and is put back.
 *
 * <p>One edit cannot be saved by this: one by a program that has opened the old file without emptying it, and writes into it
 * after the exchange. It writes into a file that has no name any more.
 */
final class FileReplacement {

    /** How often somebody else may come in between before this gives up. */
    private static final int MOST_ATTEMPTS = 100;

    private final NameExchange names;
    private final Path path;
    private final Path target;
    private final Path hidden;
    private final byte[] before;
    private final byte[] after;
    private boolean inPlace;

    private FileReplacement(NameExchange names, Path path, Path target, byte[] before, byte[] after) {
        this.names = names;
        this.path = path;
        this.target = target;
        this.hidden = hiddenBeside(target);
        this.before = before;
        this.after = after;
    }

    /** The name of the new content before the exchange, and of the old one behind it. */
    static Path hiddenBeside(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".secgroupd-put");
    }

    /**
     * Writes the new content, which is in force nowhere yet.
     *
     * @param path   may lead over symbolic links, which stay
     * @param before what the file must hold until the exchange
     * @throws IOException with a sentence for the operator
     */
    static FileReplacement prepare(NameExchange names, Path path, byte[] before, byte[] after) throws IOException {
        Path target = path.toRealPath();
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is not a regular file, so it is not replaced.");
        }
        var replacement = new FileReplacement(names, path, target, before, after);
        try {
            Disk.create(replacement.hidden, after);
            replacement.takeOver(Files.readAttributes(target, PosixFileAttributes.class));
            return replacement;
        } catch (IOException e) {
            Files.deleteIfExists(replacement.hidden);
            throw new IOException(path + " cannot be replaced: " + e + ".", e);
        }
    }

    /**
     * Takes over owner, group and mode. Only root may give a file away, and to a group only a member: where the group must be
     * another one, it gets no more rights than everybody has.
     */
    private void takeOver(PosixFileAttributes old) throws IOException {
        var view = Files.getFileAttributeView(hidden, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes own = view.readAttributes();
        if (!own.owner().equals(old.owner())) {
            attempt(() -> view.setOwner(old.owner()));
        }
        boolean sameGroup = own.group().equals(old.group()) || attempt(() -> view.setGroup(old.group()));
        view.setPermissions(sameGroup ? old.permissions() : forEverybody(old.permissions()));
        Disk.force(hidden);
    }

    private interface FileStep {
        void run() throws IOException;
    }

    private static boolean attempt(FileStep step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<PosixFilePermission> forEverybody(Set<PosixFilePermission> permissions) {
        var kept = EnumSet.noneOf(PosixFilePermission.class);
        kept.addAll(permissions);
        if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
            kept.remove(PosixFilePermission.GROUP_READ);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            kept.remove(PosixFilePermission.GROUP_WRITE);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            kept.remove(PosixFilePermission.GROUP_EXECUTE);
        }
        return kept;
    }

    /** What is remembered of this until it is done. */
    Journal.FileChange change() {
        return new Journal.FileChange(path, target, Hashes.sha256(before), Hashes.sha256(after));
    }

    /** Puts the new content in place; returns false, with nothing changed, when the file is not as it was before. */
    boolean putInPlace() throws IOException {
        if (!holds(target, before)) {
            return false;
        }
        try {
            names.exchange(hidden, target);
        } catch (NoSuchFileException removed) {
            return false;
        }
        inPlace = true;
        boolean asBefore = holds(hidden, before) && path.toRealPath().equals(target);
        if (asBefore) {
            Disk.forceNames(target);
        } else {
            takeBack();
        }
        return asBefore;
    }

    private static boolean holds(Path file, byte[] content) {
        return Disk.same(Disk.bytes(file), Optional.of(content));
    }

    /** Puts back what was there before the new content. What somebody else has put there since stays. */
    void takeBack() throws IOException {
        if (inPlace) {
            inPlace = false;
            exchangeUntilNobodyCameBetween(names, hidden, target, Optional.of(after));
            Disk.forceNames(target);
        }
    }

    /**
     * Puts the hidden content in place of another one. When what comes out is not that other one, somebody has saved in
     * between: then that is the newest, and is put in place again.
     */
    static void exchangeUntilNobodyCameBetween(NameExchange names, Path hidden, Path target, Optional<byte[]> placed)
            throws IOException {
        Optional<byte[]> expected = placed;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<byte[]> goesIn = Disk.bytes(hidden);
            try {
                names.exchange(hidden, target);
            } catch (NoSuchFileException removed) {
                return; // somebody has removed the file, and that is the newest edit
            }
            if (Disk.same(Disk.bytes(hidden), expected)) {
                return;
            }
            expected = goesIn;
        }
        throw new IOException(
                "Somebody replaces " + target + " all the time; one of the contents is in " + hidden + ".");
    }

    /** Removes the hidden file. */
    void discard() throws IOException {
        Files.deleteIfExists(hidden);
    }
}
