package io.secgroupd.daemon.cli.running;

import io.secgroupd.controlplane.store.directory.KernelExchange;
import io.secgroupd.daemon.control.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Replaces the rules file in one step and keeps its owner and mode, so that a crash leaves either the old or the new
 * content. The old content is always kept, because an editor may be saving at the same moment.
 */
final class RulesFile {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String FRESH_BEGINS = ".secgroupd";
    private static final String FRESH_ENDS = ".new";

    private final Path file;

    private RulesFile(Path file) {
        this.file = file;
    }

    /** The file that all links lead to. */
    static RulesFile at(Path rules) throws IOException {
        return new RulesFile(rules.toRealPath());
    }

    /** The SHA-256 of the current content, in hexadecimal. */
    String hash() {
        return FileContent.hash(file);
    }

    /**
     * Replaces the content.
     *
     * @param expected the hash of the current content, as far as is known
     */
    Replaced replace(byte[] content, String expected) throws IOException {
        removeForgotten();
        Path fresh = Files.createTempFile(file.resolveSibling("."), FRESH_BEGINS, FRESH_ENDS);
        Path before = sibling(file.getFileName() + ".before-confirm-" + STAMP.format(Instant.now()));
        try {
            fill(fresh, content, before);
            putInPlace(before);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        boolean edited = !FileContent.hash(before).equals(expected);
        Path kept = edited ? before : hide(before);
        forceDirectory();
        return new Replaced(kept, edited);
    }

    /**
     * The content that was replaced.
     *
     * @param kept   the file that it is kept in
     * @param edited whether it differed from what was expected
     */
    record Replaced(Path kept, boolean edited) {}

    /** Removes unfinished files of killed commands. They are in force nowhere, and would otherwise stay for ever. */
    private void removeForgotten() throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(file.resolveSibling("."), FRESH_BEGINS + "*" + FRESH_ENDS)) {
            for (Path fresh : left) {
                removeIfForgotten(fresh);
            }
        }
    }

    private static void removeIfForgotten(Path fresh) {
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock forgotten = channel.tryLock()) {
            if (forgotten != null) {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // It is not our file, or another command is still writing it and will remove it.
        }
    }

    /**
     * Fills a new file. Its name is fresh and nobody else may write there yet, so others cannot have chosen what it
     * leads to. It gets its final name when it is complete, before its lock is released.
     */
    private void fill(Path fresh, byte[] content, Path whole) throws IOException {
        var before = Files.readAttributes(file, PosixFileAttributes.class);
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.lock(); // until the channel is closed
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(before.owner());
            view.setGroup(before.group());
            view.setPermissions(before.permissions());
            channel.force(true);
            Files.move(fresh, whole);
        }
    }

    /**
     * Puts the other file in place. Afterwards its name leads to the old content, which is thus kept from the first
     * moment under a name that an operator sees and that no later command removes.
     */
    private void putInPlace(Path other) throws IOException {
        if (!KernelExchange.exchange(other, file)) {
            Path link = sibling("." + file.getFileName() + ".link");
            Files.deleteIfExists(link);
            Files.move(other, link);
            Files.createLink(other, file);
            Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Keeps the old content even if it was as expected, because an editor may have it open and still save into it. */
    private Path hide(Path before) {
        try {
            return Files.move(
                    before,
                    sibling("." + file.getFileName() + ".before"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return before; // it is kept under this name as well
        }
    }

    private Path sibling(String name) {
        return file.resolveSibling(name);
    }

    /** Makes the change of the directory survive a loss of power. */
    private void forceDirectory() throws IOException {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
