package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * strace(1) on one thread of another program: it shows the calls by which the thread changes files and turns to others, or
 * kills the program as it enters one of them. The program itself needs no place for that.
 */
public final class SystemCalls {

    private static final String TRACED = "connect,rename,mkdir,rmdir,unlink";
    private static final Pattern LINE = Pattern.compile("([a-z]+)\\((.*)\\) += (-?[0-9]+).*");
    private static final Pattern LAST_PATH = Pattern.compile("\"([^\"]+)\"(?!.*\")");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process strace;
    private final Path calls;

    private SystemCalls(Process strace, Path calls) {
        this.strace = strace;
        this.calls = calls;
    }

    /**
     * One call.
     *
     * @param name    such as {@code rename}
     * @param ordinal among the calls of this name, from 1
     * @param path    the last one that it names; empty without any
     * @param done    whether it was done
     */
    public record Call(String name, int ordinal, Path path, boolean done) {

        /** What it does, however the files are called that have their names from hashes. */
        public String kind() {
            String file = String.valueOf(path.getFileName()).replaceAll("[0-9a-f]{64}", "HASH");
            return name + " " + file + (name.equals("connect") ? " " + ordinal : "");
        }
    }

    /** Begins to watch a thread. */
    public static SystemCalls watch(long pid, String thread, Path directory) {
        return attach(pid, thread, directory, List.of());
    }

    /** Has the program killed when the thread is about to do this, counted from now on. */
    public static SystemCalls killAt(Call call, long pid, String thread, Path directory) {
        return attach(
                pid, thread, directory, List.of("-e", "inject=" + call.name + ":signal=KILL:when=" + call.ordinal));
    }

    private static SystemCalls attach(long pid, String thread, Path directory, List<String> more) {
        try {
            Path calls = Files.createTempFile(directory, "calls", ".log");
            Path said = Files.createTempFile(directory, "strace", ".log");
            var command = new ArrayList<>(
                    List.of("strace", "-s", "500", "-o", calls.toString(), "-p", ProcessThreads.named(pid, thread)));
            command.addAll(List.of("-e", "trace=" + TRACED));
            command.addAll(more);
            Process strace = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            await("strace follows the thread").atMost(PATIENCE).until(() -> attached(strace, said));
            return new SystemCalls(strace, calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean attached(Process strace, Path said) throws IOException {
        String text = Files.readString(said);
        if (!strace.isAlive()) {
            throw new IllegalStateException("strace ended: " + text);
        }
        return text.contains("attached");
    }

    /** Ends the watching. Returns the calls until now. */
    public List<Call> end() throws IOException {
        strace.destroy();
        strace.onExit().join();
        var ordinals = new HashMap<String, Integer>();
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> call(line, ordinals))
                    .toList();
        }
    }

    private static Call call(Matcher line, Map<String, Integer> ordinals) {
        Matcher path = LAST_PATH.matcher(line.group(2));
        return new Call(
                line.group(1),
                ordinals.merge(line.group(1), 1, Integer::sum),
                Path.of(path.find() ? path.group(1) : ""),
                line.group(3).equals("0"));
    }
}
