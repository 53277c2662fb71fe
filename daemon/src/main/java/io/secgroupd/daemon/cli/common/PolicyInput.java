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
 * What an operator names as a rules file: a file, or what a template renders into standard input or a pipe. Such a text is
 * read to its end or its limit, and names other files from the current directory. The daemon reads files alone: it would
 * wait for a pipe for ever.
 */
public final class PolicyInput {

    /** A text stands here for the including of files: in the current directory. */
    private static final Path PLACE = Path.of("-");

    /** As a socket, which it may be, it can be opened by none of its names. */
    private static final Set<Path> STANDARD_INPUT =
            Set.of(PLACE, Path.of("/dev/stdin"), Path.of("/dev/fd/0"), Path.of("/proc/self/fd/0"));

    private PolicyInput() {}

    public static boolean isStandardInput(Path path) {
        return STANDARD_INPUT.contains(path);
    }

    /** Reads and lints it, as {@link PolicyReader} does. */
    static ReadResult read(Path path) {
        if (isText(path)) {
            return PolicyReader.read(new PolicyText(path.toString(), bytes(path), PLACE));
        }
        PolicyFile.requireFile(path);
        return PolicyReader.read(path);
    }

    /** Its bytes; of a text at most one more than a rules file may have. */
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
     * Also a file that comes by a descriptor: nobody would look for what it includes beside that. A pipe with a name is none of
     * these: without a writer it would be waited for, for ever.
     */
    private static boolean isText(Path path) {
        return isStandardInput(path) || path.startsWith("/dev/fd") || path.startsWith("/proc/self/fd");
    }
}
