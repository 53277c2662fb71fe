package io.secgroupd.daemon.cli.common;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;

/**
 * The rules file that an operator names: a file, or a template's output on standard input or a pipe. Such a stream is
 * read to its end or its limit, and its includes start from the current directory. The daemon reads only files, because
 * it would wait for a pipe for ever.
 */
public final class PolicyInput {

    /** The path that a stream has for its includes, which are in the current directory. */
    private static final Path PLACE = Path.of("-");

    /** The names of standard input. It may be a socket, which cannot be opened by any of these names. */
    private static final Set<Path> STANDARD_INPUT =
            Set.of(PLACE, Path.of("/dev/stdin"), Path.of("/dev/fd/0"), Path.of("/proc/self/fd/0"));

    private PolicyInput() {}

    public static boolean isStandardInput(Path path) {
        return STANDARD_INPUT.contains(path);
    }

    /** Reads and lints the input, as {@link PolicyReader} does; no command asks for the hash. */
    static ReadResult read(Path path) {
        if (isText(path)) {
            return PolicyReader.read(new PolicyText(path.toString(), bytes(path), PLACE));
        }
        PolicyFile.requireFile(path);
        return PolicyReader.readUnhashed(path);
    }

    /** The bytes of the input; of a stream, at most one more than a rules file may have. */
    public static byte[] bytes(Path path) {
        if (!isText(path)) {
            PolicyFile.requireFile(path);
        }
        try (InputStream in = new BufferedInputStream(open(path))) {
            return in.readNBytes((int) YamlDocument.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path path) throws IOException {
        return isStandardInput(path) ? System.in : new FileInputStream(path.toFile());
    }

    /**
     * Reports whether the input is a stream. A file passed as a descriptor is one, because nobody would expect its
     * includes beside that. A named pipe is not: without a writer, reading it would wait for ever.
     */
    private static boolean isText(Path path) {
        return isStandardInput(path) || path.startsWith("/dev/fd") || path.startsWith("/proc/self/fd");
    }
}
