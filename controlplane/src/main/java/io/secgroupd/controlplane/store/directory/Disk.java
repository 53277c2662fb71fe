package io.secgroupd.controlplane.store.directory;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Reads and writes whole files, so that what is written survives a loss of power. */
final class Disk {

    /** The longest file of a policy, in bytes: a list file may have that many. */
    private static final long MAX_BYTES = 64L << 20;

    private Disk() {}

    /** The bytes of a regular file; empty when there is none, or it cannot be read. */
    static Optional<byte[]> bytes(Path file) {
        try (InputStream in = FileInput.open(file, MAX_BYTES)) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether both are missing, or both have the same bytes. */
    static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return (one.isPresent() && other.isPresent())
                ? Arrays.equals(one.get(), other.get())
                : one.isEmpty() && other.isEmpty();
    }

    /**
     * Makes a file that only its owner may read or write. Nobody else can have chosen what its name leads to: an older file of
     * the name is removed, not opened.
     */
    static void create(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(file, options, mode)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /** Makes content, mode and owner of a file survive a loss of power. */
    static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    /**
     * Gives a file new content in one step: after a crash it has the old or the new one. Which one, is certain after
     * {@link #forceNames}.
     */
    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        create(fresh, content);
        force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the names in the directory of a file survive a loss of power. */
    static void forceNames(Path file) throws IOException {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
