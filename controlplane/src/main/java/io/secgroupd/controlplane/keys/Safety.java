package io.secgroupd.controlplane.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether only root and the user of this process can have read or written a file. */
public final class Safety {

    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int ANY_RIGHT_OF_OTHERS = 077;
    private static final int EXECUTABLE = 0100;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;

    /** The user of secgroupd-control.service, whom the packages create. */
    private static final String SERVICE = "secgroupd-control";

    private Safety() {}

    /** The state of a file: it changes with each change of content, mode or owner. */
    record KeyFileState(Map<String, Object> attributes, int mode, int uid) {

        /** @throws IOException when there is no such file */
        static KeyFileState of(Path file) throws IOException {
            Map<String, Object> all = Files.readAttributes(file, "unix:mode,uid,dev,ino,size,ctime");
            return new KeyFileState(all, number(all.get("mode")), number(all.get("uid")));
        }

        private static int number(@Nullable Object value) throws IOException {
            if (value instanceof Integer number) {
                return number;
            }
            throw new IOException("the file system has no modes and owners");
        }

        /** In milliseconds since 1970. */
        long changed() {
            return attributes.get("ctime") instanceof FileTime time ? time.toMillis() : Long.MAX_VALUE;
        }
    }

    /**
     * Why a file is not safe; empty when it is.
     *
     * @throws IOException when it cannot be looked at
     */
    public static Optional<String> fault(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isRegularFile(real)) {
            return Optional.of("this is not a regular file");
        }
        KeyFileState state = KeyFileState.of(real);
        if ((state.mode() & ANY_RIGHT_OF_OTHERS) != 0) {
            return Optional.of(String.format(
                    "the mode is %04o, so others than the owner have rights to the secrets in it; run chmod 0600",
                    state.mode() & 07777));
        }
        if ((state.mode() & EXECUTABLE) != 0) {
            return Optional.of("the file is executable, so it is something else than keys; run chmod 0600");
        }
        // Root adds keys to a file that the service alone can read.
        if (!isTrusted(state.uid()) && !Files.getOwner(real).getName().equals(SERVICE)) {
            return Optional.of("the owner is neither root nor the user of this process; run chown");
        }
        return Files.isSymbolicLink(file) ? unsafeDirectory(real) : Optional.empty();
    }

    /** Where others may write, they can put another file in the place that a link leads to. */
    private static Optional<String> unsafeDirectory(Path real) throws IOException {
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            KeyFileState state = KeyFileState.of(above);
            boolean open = (state.mode() & WRITABLE_BY_OTHERS) != 0 && (state.mode() & STICKY) == 0;
            if (open || !isTrusted(state.uid())) {
                return Optional.of(
                        "the symbolic link leads into " + above + ", where others may write; put the file itself here");
            }
        }
        return Optional.empty();
    }

    private static boolean isTrusted(int uid) throws IOException {
        return uid == ROOT || uid == KeyFileState.of(Path.of("/proc/self")).uid();
    }
}
