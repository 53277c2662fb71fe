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

    private static final byte[] FIRST_LINE = "version: 1\n".getBytes(StandardCharsets.UTF_8);

    private EmptyFile() {}

    /** What files say to one who edits them: a policy without anything where nothing stands in the first of them. */
    public static Optional<Policy> policy(PolicyFiles files, ReadResult read) {
        return read.policy().or(() -> isEmpty(files) ? Optional.of(Policy.EMPTY) : Optional.empty());
    }

    private static boolean isEmpty(PolicyFiles files) {
        return files.content(files.first()).filter(EmptyFile::isEmpty).isPresent();
    }

    private static boolean isEmpty(byte[] content) {
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    /** The same files, with the line that every policy begins with in one that is empty. */
    static PolicyFiles begun(PolicyFiles files) {
        Path first = files.first();
        Optional<byte[]> content = files.content(first);
        if (content.isEmpty() || !isEmpty(content.get())) {
            return files;
        }
        return files.with(Map.of(first, joined(content.get())));
    }

    private static byte[] joined(byte[] comments) {
        boolean open = comments.length > 0 && comments[comments.length - 1] != '\n';
        byte[] all = Arrays.copyOf(comments, comments.length + (open ? 1 : 0) + FIRST_LINE.length);
        if (open) {
            all[comments.length] = '\n';
        }
        System.arraycopy(FIRST_LINE, 0, all, all.length - FIRST_LINE.length, FIRST_LINE.length);
        return all;
    }
}
