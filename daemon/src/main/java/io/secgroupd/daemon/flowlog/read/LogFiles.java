package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.daemon.flowlog.LogNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The current file of a log and the old ones beside it, opened as one moment has them while the writer moves them on. */
final class LogFiles {

    private static final int TRIES = 10;

    private final LogNames names;
    private final long sinceMillis;

    /** @param sinceMillis files that were not written to from then on are left out */
    LogFiles(Path current, long sinceMillis) {
        this.names = new LogNames(current);
        this.sinceMillis = sinceMillis;
    }

    /**
     * Opens what was not read yet, the oldest first.
     *
     * @param alreadyRead files that are not opened again, nor what is older than one of them
     * @throws NoSuchFileException when there is none at all
     */
    List<LogFile> open(Collection<LogFile> alreadyRead) throws IOException {
        for (int i = 1; ; i++) {
            Deque<LogFile> opened = new ArrayDeque<>();
            try {
                boolean steady = openNewestFirst(alreadyRead, opened);
                if (steady || i == TRIES) {
                    return new ArrayList<>(opened);
                }
            } catch (IOException e) {
                closeAll(opened);
                throw e;
            }
            closeAll(opened);
        }
    }

    /** Files only ever move towards older names, so none is missed. False when they moved while this looked. */
    private boolean openNewestFirst(Collection<LogFile> alreadyRead, Deque<LogFile> opened) throws IOException {
        for (Path path : newestFirst()) {
            Optional<LogFile> file = openIfExists(path);
            if (file.isPresent() && (file.get().lastModified() < sinceMillis || contains(alreadyRead, file.get()))) {
                file.get().close();
                break;
            }
            if (file.isPresent() && contains(opened, file.get())) {
                file.get().close();
                continue;
            }
            file.ifPresent(opened::addFirst);
        }
        return opened.isEmpty()
                || !opened.getLast().path().equals(names.current())
                || opened.getLast().isStillAt(names.current());
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

    /** A file that is being compressed has two names; the one in .gz is whole as soon as it exists. */
    private List<Path> newestFirst() throws IOException {
        List<Path> paths = new ArrayList<>();
        paths.add(names.current());
        for (int number : oldNumbers()) {
            paths.add(names.plain(number));
            paths.add(names.gzip(number));
        }
        return paths;
    }

    private List<Integer> oldNumbers() throws IOException {
        Path directory = names.current().toAbsolutePath().getParent();
        Pattern old = Pattern.compile(Pattern.quote(names.stem()) + "\\.(\\d{1,9})\\.log(\\.gz)?");
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(directory)) {
            return siblings.map(path -> old.matcher(String.valueOf(path.getFileName())))
                    .filter(Matcher::matches)
                    .map(found -> Integer.valueOf(found.group(1)))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** Whether there is any file of this log. */
    boolean exist() throws IOException {
        return newestFirst().stream().anyMatch(Files::exists);
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
