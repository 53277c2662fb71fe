package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may change a file or directory.
 *
 * @param owner the name of the owner, or the number of a user without a name
 * @param mode  the mode from stat(2), with the bits of the file type
 */
record FileFacts(Path path, String owner, int mode) {

    private static final int STICKY = 01000;
    private static final int GROUP_WRITE = 0020;
    private static final int OTHER_WRITE = 0002;

    /** Empty when the file does not exist, or is in a directory that this user may not search. */
    static Optional<FileFacts> read(Path path) {
        try {
            return Optional.of(new FileFacts(
                    path, Files.getOwner(path).getName(), (Integer) Files.getAttribute(path, "unix:mode")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean writableByOthers() {
        return (mode & (GROUP_WRITE | OTHER_WRITE)) != 0;
    }

    /** Reports whether others may replace files. In a sticky directory they may add files and remove their own. */
    boolean replaceableByOthers() {
        return writableByOthers() && (mode & STICKY) == 0;
    }

    String permissions() {
        return String.format("%04o", mode & 07777);
    }
}
