package io.secgroupd.controlplane.store.directory;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * The policy at one moment.
 *
 * @param files what stood in all files of it
 * @param read  what they say
 * @param looks what was found where
 */
record Snapshot(PolicyFiles files, ReadResult read, Looks looks) {

    /** An editor saves a few files at most, and takes no part of a second for it. */
    private static final int ATTEMPTS = 5;

    /**
     * Reads the files by their names, and looks at their contents, until those are the bytes that were understood. Where that
     * does not show by itself, they are read once more from memory.
     *
     * @throws IOException with a sentence for the operator
     */
    static Snapshot read(Path rules) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ReadResult read = PolicyReader.read(rules);
            Looks.SeenFiles seen = Looks.at(read.files());
            requirePlain(seen);
            PolicyFiles files = seen.files(rules);
            if (Thread.currentThread().isInterrupted()) {
                // Then files cannot be read, and would seem to be missing.
                throw new InterruptedIOException("The reading of the policy was interrupted.");
            }
            if ((read.isOf(files) && isEachFileOnce(files))
                    || PolicyReader.read(files).hash().equals(read.hash())) {
                return new Snapshot(files, read, seen.looks());
            }
        }
        throw new IOException("The files of the policy " + rules + " say something else each time they are read. Either"
                + " somebody writes them all the time, or one file is included under two names; use one name for it.");
    }

    /** Two names of one file are one file on the disk, and two in memory. */
    private static boolean isEachFileOnce(PolicyFiles files) {
        var real = new TreeSet<Path>();
        try {
            for (Path path : files.contents().keySet()) {
                real.add(path.toRealPath());
            }
        } catch (IOException e) {
            return false; // an editor is replacing a file just now, and what was read of it is still whole
        }
        return real.size() == files.contents().size();
    }

    /** Behind a link to a directory, {@code ..} is another directory than the one that the text of the path means. */
    private static void requirePlain(Looks.SeenFiles seen) throws IOException {
        for (Path path : seen.contents().keySet()) {
            Path plain = path.normalize();
            if (!plain.equals(path) && !path.toRealPath().equals(plain.toRealPath())) {
                throw new IOException("The path " + path
                        + " goes through a symbolic link and back; write where it leads to instead.");
            }
        }
    }

    /**
     * What the files would be after a change of some of them.
     *
     * @param says what they would say
     */
    Snapshot with(Map<Path, byte[]> changed, ReadResult says) {
        return new Snapshot(files.with(changed), says, looks.with(changed));
    }

    /** Whether the files of both name the same others. */
    boolean dependsOnSameFiles(Snapshot other) {
        return read.files().equals(other.read.files());
    }
}
