package io.secgroupd.controlplane.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** Writes a file in one step, never readable by others: a crash leaves the old or the new one. */
final class WholeFile {

    private WholeFile() {}

    /** Makes a file that is not there. */
    static void create(Path file, byte[] content) throws IOException {
        Path fresh = fresh(file);
        try {
            fill(fresh, content);
            Files.createLink(file, fresh); // unlike a rename, it does not replace what somebody else has made meanwhile
            forceNames(file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " has come to be meanwhile; try again.", e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * Gives a file new content. Mode and owner stay, and a link to it too.
     *
     * @param old what the file must hold until then
     */
    static void replace(Path file, byte[] old, byte[] content) throws IOException {
        Path real = file.toRealPath();
        Path fresh = fresh(real);
        try {
            fill(fresh, content);
            var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributes before = Files.readAttributes(real, PosixFileAttributes.class);
            view.setOwner(before.owner());
            view.setGroup(before.group());
            view.setPermissions(before.permissions());
            if (!Arrays.equals(KeyFile.bytes(real), old)) {
                throw new IOException(file + " was changed meanwhile; try again.");
            }
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceNames(real);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path fresh(Path file) throws IOException {
        return Files.createTempFile(file.toAbsolutePath().getParent(), ".keys", ".new");
    }

    private static void fill(Path fresh, byte[] content) throws IOException {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void forceNames(Path file) throws IOException {
        try (var channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
