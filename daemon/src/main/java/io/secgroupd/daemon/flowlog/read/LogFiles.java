package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.daemon.flowlog.LogNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The current file of a log and the old ones beside it, opened as they are at one moment while they are being rotated.
 */
final class LogFiles {

    private static final int TRIES = 10;

    private final LogNames names;
    private final long sinceMillis;
    private final UnreadableLines damage;
    private final Set<Path> told = new HashSet<>();

    /**
     * @param sinceMillis the time since which a file must have been written to
     * @param damage      the report of files that cannot be read
     */
    LogFiles(Path current, long sinceMillis, UnreadableLines damage) {
        this.names = new LogNames(current);
        this.sinceMillis = sinceMillis;
        this.damage = damage;
    }

    /**
     * Opens the files that have not been read yet, the oldest first.
     *
     * @param alreadyRead the files that are not opened again, nor are older ones
     * @throws NoSuchFileException when there is no file at all
     */
    List<LogFile> open(Collection<LogFile> alreadyRead) throws IOException {
        for (int i = 1; ; i++) {
            OldNames old = OldNames.beside(names);
            List<LogFile> opened = openAll(old);
            if (isSteady(old, opened) || i == TRIES) {
                old.unknown().stream().filter(told::add).forEach(damage::notRead);
                return newestOf(inOrder(opened, old), alreadyRead);
            }
            closeAll(opened);
        }
    }

    /** Begins with the newest name. Files only move towards older names, so none is missed. */
    private List<LogFile> openAll(OldNames old) throws IOException {
        List<LogFile> opened = new ArrayList<>();
        try {
            openIfNew(names.current(), opened);
            for (Path path : old.newestFirst()) {
                openIfNew(path, opened);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    /** A file that is being compressed, or copied before it is emptied, has two names; the newer one is read. */
    private void openIfNew(Path path, List<LogFile> opened) throws IOException {
        Optional<LogFile> found = openIfExists(path);
        if (found.isEmpty()) {
            return;
        }
        LogFile file = found.get();
        Optional<String> tool = file.unpackedBy();
        if (tool.isPresent() && path.equals(names.current())) {
            file.close();
            throw new IOException("it is compressed; unpack it with " + tool.get() + " first");
        }
        if (tool.isPresent() && told.add(path)) {
            damage.packed(path, tool.get());
        }
        if (tool.isPresent() || file.lastModified() < sinceMillis || contains(opened, file)) {
            file.close();
        } else {
            opened.add(file);
        }
    }

    private boolean isSteady(OldNames old, List<LogFile> opened) throws IOException {
        boolean moved = !opened.isEmpty()
                && opened.get(0).path().equals(names.current())
                && !opened.get(0).isStillAt(names.current());
        return !moved && OldNames.beside(names).equals(old);
    }

    /** Sorts the newest first, by names if they show the order, otherwise by content. */
    private List<LogFile> inOrder(List<LogFile> opened, OldNames old) {
        if (!old.telling()) {
            opened.sort(Comparator.comparing((LogFile file) -> file.path().equals(names.current()))
                    .thenComparing(LogFile::firstMillis)
                    .reversed());
        }
        return opened;
    }

    /** The files newer than those already read, the oldest first. */
    private static List<LogFile> newestOf(List<LogFile> newestFirst, Collection<LogFile> alreadyRead)
            throws IOException {
        List<LogFile> unread = new ArrayList<>();
        boolean known = false;
        for (LogFile file : newestFirst) {
            known |= contains(alreadyRead, file);
            if (known) {
                file.close();
            } else {
                unread.add(0, file);
            }
        }
        return unread;
    }

    /** The copy of a file that has since been emptied. */
    Optional<LogFile> copyOf(LogFile emptied) throws IOException {
        List<LogFile> all = openAll(OldNames.beside(names));
        Optional<LogFile> copy = all.stream().filter(emptied::beginsLike).findFirst();
        for (LogFile file : all) {
            if (copy.isEmpty() || file != copy.get()) {
                file.close();
            }
        }
        return copy;
    }

    private static boolean contains(Collection<LogFile> files, LogFile wanted) {
        return files.stream().anyMatch(file -> file.beginsLike(wanted));
    }

    private static Optional<LogFile> openIfExists(Path path) throws IOException {
        try {
            return Optional.of(LogFile.open(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Reports whether there is any file of this log. */
    boolean exist() throws IOException {
        return Files.exists(names.current())
                || !OldNames.beside(names).newestFirst().isEmpty();
    }

    Path current() {
        return names.current();
    }

    private static void closeAll(Collection<LogFile> files) throws IOException {
        for (Closeable file : files) {
            file.close();
        }
    }
}
