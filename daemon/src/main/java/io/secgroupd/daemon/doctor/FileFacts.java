package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may change a file or directory.
 *
 * @param owner the name, or the number of a user without one
 * @param mode  with the bits of its type, as stat(2) tells
 */
record FileFacts(Path path, String owner, int mode) {

    private static final int STICKY = 01000;
    private static final int GROUP_WRITE = 0020;
    private static final int OTHER_WRITE = 0002;

    /** Empty when there is none, or it stands in a directory that this user may not search. */
    static Optional<FileFacts> read(Path path) {
        try {
            return Optional.of(new FileFacts(
                    path, Files.getOwner(path).getName(), (Integer) Files.getAttribute(path, "unix:mode")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reports whether a path is missing for certain, rather than hidden from this user. */
    static boolean isMissing(Path path) {
        try {
            Files.getAttribute(path, "unix:mode");
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean writableByOthers() {
        return (mode & (GROUP_WRITE | OTHER_WRITE)) != 0;
    }

    /** In a sticky directory others may add files, and take away their own alone. */
    boolean replaceableByOthers() {
        return writableByOthers() && (mode & STICKY) == 0;
    }

    String permissions() {
        return String.format("%04o", mode & 07777);
    }
}
