package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a control-plane file.
 *
 * @param policy   present when there is no error
 * @param problems errors and warnings, sorted by place
 * @param files    every file that was read or looked for, and every directory that a glob searched: a change of any of
 *                 them may change the policy
 * @param hash     SHA-256 in hex over the contents of all files read, in the order of reading; empty after a reading without
 */
public record ReadResult(Optional<Policy> policy, List<Problem> problems, List<Path> files, String hash) {

    public ReadResult {
        problems = List.copyOf(problems);
        files = List.copyOf(files);
    }

    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }

    public List<Problem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }

    /**
     * Whether these contents are for certain the bytes that were read. It is false also where that cannot be told without
     * reading: a directory was searched, or one file was read twice.
     */
    public boolean isOf(PolicyFiles contents) {
        return FilesHash.of(files, contents).equals(hash);
    }

    /**
     * The hash that a reading would have after some of the files have got other contents. It is right unless those name other
     * files than before.
     *
     * @param before what was read
     * @param after  the same files with their new contents
     * @return empty where it cannot be told without reading, see {@link #isOf}
     */
    public Optional<String> hashAfter(PolicyFiles before, PolicyFiles after) {
        return isOf(before) ? Optional.of(FilesHash.of(files, after)) : Optional.empty();
    }
}
