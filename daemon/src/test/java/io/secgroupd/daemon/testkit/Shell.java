package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the commands by which the test networks are built. */
final class Shell {

    private Shell() {}

    /** Runs a command that must succeed and returns what it printed on either stream. */
    static String run(List<String> command) {
        return run(command, "");
    }

    static String run(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("`" + String.join(" ", command) + "` failed with exit code " + exitCode
                        + ": " + output + input);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while a command ran"));
        }
    }

    /** Runs many {@code ip} commands, one a line, in one process. */
    static void ip(String commands) {
        run(List.of("ip", "-batch", "-"), commands);
    }
}
