package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A directory that the daemon writes into.
 *
 * @param what    the name of its content
 * @param missing whether the directory is missing
 * @param facts   its owner and mode, unless missing or hidden
 * @param usable  bytes that an ordinary user can still write there, or could if it existed
 * @param wanted  bytes that should be free there
 */
record DiskFacts(
        String what, Path directory, boolean missing, Optional<FileFacts> facts, OptionalLong usable, long wanted) {

    static DiskFacts read(String what, Path directory, long wanted) {
        return new DiskFacts(
                what, directory, Files.notExists(directory), FileFacts.read(directory), usable(directory), wanted);
    }

    private static OptionalLong usable(Path directory) {
        for (@Nullable Path at = directory; at != null; at = at.getParent()) {
            try {
                return OptionalLong.of(Files.getFileStore(at).getUsableSpace());
            } catch (IOException e) {
                // A new directory is on the same disk as its nearest existing parent.
            }
        }
        return OptionalLong.empty();
    }
}
