package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a line of an operator's shell came to; {@code $SG} in it is the built program.
 *
 * @param out what it printed
 * @param err what it said on standard error
 */
public record Script(int exitCode, String out, String err) {

    /** Runs it with bash in a directory, and with these variables beside those of the test. */
    public static Script run(Path directory, Map<String, String> environment, String line)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("script", ".out");
        Path err = Files.createTempFile("script", ".err");
        try {
            var builder = new ProcessBuilder("bash", "-c", line)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("SG", RunningDaemon.PROGRAM.toString());
            builder.environment().putAll(environment);
            int exitCode = builder.start().waitFor();
            return new Script(exitCode, text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    public static Script run(Path directory, String line) throws IOException, InterruptedException {
        return run(directory, Map.of(), line);
    }

    /** Asserts that it has failed in this way, and with these words on standard error. */
    public Script assertFailed(int with, String... words) {
        assertThat(exitCode).as(err).isEqualTo(with);
        for (String word : words) {
            assertThat(err).contains(word);
        }
        return this;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
