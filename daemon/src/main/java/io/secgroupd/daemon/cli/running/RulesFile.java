package io.secgroupd.daemon.cli.running;

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
 * The rules file as a command replaces it: in one step, with owner and mode as before, so that a crash leaves one of the two
 * contents; and never without keeping what it said, since an editor may be saving at the same moment.
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

    /** The file behind every link. */
    static RulesFile at(Path rules) throws IOException {
        return new RulesFile(rules.toRealPath());
    }

    /** Hex SHA-256 of what it says now. */
    String hash() {
        return FileContent.hash(file);
    }

    /**
     * Replaces the content.
     *
     * @param expected the hash of what it says, as far as is known
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
     * What stood there.
     *
     * @param kept   where it is now
     * @param edited whether it was something else than expected
     */
    record Replaced(Path kept, boolean edited) {}

    /** A command that was killed has left what it was about to write: that is nowhere in force, and would stay for ever. */
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
            // Nothing of ours, or another command is at it: its writer sees to it.
        }
    }

    /**
     * The name is new and nobody else may write there yet: what it leads to cannot have been chosen by others. It gets its
     * other name when it is whole, and before its lock is given back.
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
     * Afterwards the other name leads to what stood in the place until then: that is kept from the first moment under a name
     * that an operator sees and no later command removes.
     */
    private void putInPlace(Path other) throws IOException {
        if (!RenameExchange.exchange(other, file)) {
            Path link = sibling("." + file.getFileName() + ".link");
            Files.deleteIfExists(link);
            Files.move(other, link);
            Files.createLink(other, file);
            Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Kept also when it says what was expected: an editor may have it open, and save into it yet. */
    private Path hide(Path before) {
        try {
            return Files.move(
                    before,
                    sibling("." + file.getFileName() + ".before"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return before; // it is kept there as well
        }
    }

    private Path sibling(String name) {
        return file.resolveSibling(name);
    }

    /** After a loss of power the directory would say what it said before. */
    private void forceDirectory() throws IOException {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
