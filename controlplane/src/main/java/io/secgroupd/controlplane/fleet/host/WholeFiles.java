package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Reads files, and writes each in one step: after a loss of power it has the old content or the new one. */
final class WholeFiles {

    /** In bytes; no file of a policy may be longer. */
    private static final long MAX_BYTES = 64L << 20;

    private WholeFiles() {}

    /** The content of a file; empty when there is none. */
    static Optional<byte[]> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = FileInput.open(file, MAX_BYTES)) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new IOException(file + ": " + FileInput.message(e), e);
        }
    }

    /** Makes a directory that only the user of this process may enter, unless it is there. */
    static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Writes a file that only the user of this process may read. */
    static void write(Path file, byte[] content) throws IOException {
        Path fresh = fresh(file);
        try {
            fill(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceNames(file);
    }

    /**
     * Gives a file new content. A link to it stays.
     *
     * @param model whose mode and group it gets when it is not there yet
     */
    static void replace(Path file, byte[] content, Path model) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path fresh = fresh(target);
        try {
            fill(fresh, content);
            Path like = Files.exists(target) ? target : model;
            if (Files.exists(like)) {
                takeOver(fresh, like);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceNames(target);
    }

    /** A name that no glob of a policy finds. */
    private static Path fresh(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".secgroupd-pull");
    }

    private static void fill(Path fresh, byte[] content) throws IOException {
        Files.deleteIfExists(fresh); // so that nobody else can have chosen what the name leads to
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(fresh, options, mode)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** The owner cannot be kept, as only root may give files away; and the group only where this user is a member. */
    private static void takeOver(Path fresh, Path like) throws IOException {
        PosixFileAttributes old = Files.readAttributes(like, PosixFileAttributes.class);
        var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            view.setGroup(old.group());
        } catch (IOException e) {
            // Then the group of this user has the rights that the other group had, and the daemon reads it as root.
        }
        view.setPermissions(old.permissions());
    }

    /** Removes a file, and not what a link of its name leads to. */
    static void remove(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceNames(file);
        }
    }

    /** Makes the names beside a file survive a loss of power. */
    static void forceNames(Path file) throws IOException {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
