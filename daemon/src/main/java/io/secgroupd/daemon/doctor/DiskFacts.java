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
 * @param what    what it holds
 * @param missing whether it is not there
 * @param facts   its owner and mode, unless missing or hidden
 * @param usable  bytes that are free for an ordinary user there, or would be
 * @param wanted  bytes that it should hold
 */
record DiskFacts(
        String what, Path directory, boolean missing, Optional<FileFacts> facts, OptionalLong usable, long wanted) {

    static DiskFacts read(String what, Path directory, long wanted) {
        return new DiskFacts(
                what, directory, FileFacts.isMissing(directory), FileFacts.read(directory), usable(directory), wanted);
    }

    private static OptionalLong usable(Path directory) {
        for (@Nullable Path at = directory; at != null; at = at.getParent()) {
            try {
                return OptionalLong.of(Files.getFileStore(at).getUsableSpace());
            } catch (IOException e) {
                // The nearest directory that exists is on the same disk as what will be made in it.
            }
        }
        return OptionalLong.empty();
    }
}
