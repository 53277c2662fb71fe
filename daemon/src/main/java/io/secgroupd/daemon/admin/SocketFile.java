package io.secgroupd.daemon.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix socket. The socket is made under another name and renamed once its mode and group are right, so
 * that nobody can connect before then and a stale file is replaced in one step.
 */
public final class SocketFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    private final Path path;
    private final String group;
    private @Nullable Object published;

    /** @param group the group whose members may connect, besides root */
    public SocketFile(Path path, String group) {
        this.path = path.toAbsolutePath();
        this.group = group;
    }

    /** Reports whether this host has a group of that name. */
    public static boolean isGroup(String name) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the directory; fails when another process answers on the socket. */
    void requireUnused() throws IOException {
        Files.createDirectories(directory());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, "isOther", LinkOption.NOFOLLOW_LINKS).containsValue(true)) {
            throw new IOException(path + " exists and is not a socket; remove it, or set admin.socket");
        }
        if (isAnswered()) {
            throw new IOException("another process answers on " + path + "; set admin.socket");
        }
    }

    private boolean isAnswered() throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false); // a hung process whose backlog is full still counts as there
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }

    /**
     * The path at which to make the socket. Its name has the same length, as a longer one may not fit a socket address.
     */
    Path unready() throws IOException {
        String name = String.valueOf(path.getFileName());
        Path unready = directory().resolve(name.substring(0, name.length() - 1) + (name.endsWith("~") ? "-" : "~"));
        Files.deleteIfExists(unready);
        return unready;
    }

    /** Gives the socket its mode, its group and its name. */
    void publish(Path unready) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(unready, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-------"));
        if (takesGroup(view)) {
            Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-rw----"));
        }
        published = view.readAttributes().fileKey();
        Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * If the group does not exist, or this process may not give it a file, only the owner and root can use the socket.
     */
    private boolean takesGroup(PosixFileAttributeView view) {
        try {
            view.setGroup(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
            return true;
        } catch (IOException e) {
            LOG.warn("admin.no_group {}: {}; {} is for root alone", group, e.toString(), path);
            return false;
        }
    }

    private Path directory() {
        Path parent = path.getParent();
        return parent != null ? parent : Path.of("/");
    }

    /** Removes the file, unless another process has put its own there. */
    @Override
    public void close() throws IOException {
        if (published != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Object now = Files.readAttributes(path, "fileKey", LinkOption.NOFOLLOW_LINKS)
                    .get("fileKey");
            if (published.equals(now)) {
                Files.deleteIfExists(path);
            }
        }
    }
}
