package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.control.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
        Path fresh = Files.createTempFile(file.resolveSibling("."), ".secgroupd", ".new");
        try {
            fill(fresh, content);
            putInPlace(fresh);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        boolean edited = !FileContent.hash(fresh).equals(expected);
        Path kept = keep(fresh, edited);
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

    /** The name is new and nobody else may write there yet: what it leads to cannot have been chosen by others. */
    private void fill(Path fresh, byte[] content) throws IOException {
        var before = Files.readAttributes(file, PosixFileAttributes.class);
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(before.owner());
            view.setGroup(before.group());
            view.setPermissions(before.permissions());
            channel.force(true);
        }
    }

    /** Afterwards the name of the fresh file leads to what stood in the place until then. */
    private void putInPlace(Path fresh) throws IOException {
        if (!RenameExchange.exchange(fresh, file)) {
            Path link = sibling("." + file.getFileName() + ".link");
            Files.deleteIfExists(link);
            Files.createLink(link, file);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.move(link, fresh, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Kept also when it says what was expected: an editor may have it open, and save into it yet. */
    private Path keep(Path fresh, boolean edited) {
        try {
            return edited
                    ? Files.move(fresh, nameForEdit())
                    : Files.move(
                            fresh,
                            sibling("." + file.getFileName() + ".before"),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return fresh; // it is kept there as well
        }
    }

    private Path nameForEdit() {
        return sibling(file.getFileName() + ".before-confirm-" + STAMP.format(Instant.now()));
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
