package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The threads of another process, as the kernel lists them. */
final class ProcessThreads {

    private ProcessThreads() {}

    /** True when each thread of the process is stopped by a signal (proc(5): state T). */
    static boolean allStopped(long pid) throws IOException {
        for (Path thread : of(pid)) {
            if (state(thread) != 'T') {
                return false;
            }
        }
        return true;
    }

    /** The number of the thread of this name, of which the kernel keeps 15 characters. */
    static String named(long pid, String name) throws IOException {
        for (Path thread : of(pid)) {
            if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                return String.valueOf(thread.getFileName());
            }
        }
        throw new IOException("the process " + pid + " has no thread " + name);
    }

    private static List<Path> of(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return threads.toList();
        }
    }

    /**
     * The letter after the thread's name, which is in parentheses and may hold any character. A thread that ended
     * meanwhile does nothing either.
     */
    private static char state(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'T';
        }
    }
}
