package io.secgroupd.controlplane.edit;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The file of one who has not begun yet: nothing but blanks and comments. To the reader that is an error, since a file which has
 * lost its content must not come into force; to the editor it is where the first change is written.
 */
public final class EmptyFile {

    private static final String FIRST_LINE = "version: 1\n";

    private EmptyFile() {}

    /** What files say to one who edits them: a policy without anything where nothing stands in the first of them. */
    public static Optional<Policy> policy(PolicyFiles files, ReadResult read) {
        return read.policy().or(() -> isEmpty(files) ? Optional.of(Policy.EMPTY) : Optional.empty());
    }

    private static boolean isEmpty(PolicyFiles files) {
        return files.content(files.first()).filter(EmptyFile::isEmpty).isPresent();
    }

    /** Bytes that are not UTF-8 are something: as text they would become other ones. */
    private static boolean isEmpty(byte[] content) {
        String text = text(content);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)
                && text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The same files, with the line that every policy begins with in one that is empty. */
    static PolicyFiles begun(PolicyFiles files) {
        Path first = files.first();
        return files.content(first)
                .filter(EmptyFile::isEmpty)
                .map(content -> files.with(Map.of(first, begun(text(content)))))
                .orElse(files);
    }

    private static byte[] begun(String comments) {
        String lines = comments.isEmpty() || comments.endsWith("\n") ? comments : comments + "\n";
        return (lines + FIRST_LINE).getBytes(StandardCharsets.UTF_8);
    }
}
