package io.secgroupd.controlplane.keys;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What reading a file of keys gave: keys, or problems.
 *
 * @param keys     in the order of the file; none when there are problems
 * @param problems by place; none of them repeats anything that could be a secret
 */
public record KeyRead(List<AccessKey> keys, List<Problem> problems) {

    public KeyRead {
        keys = problems.isEmpty() ? List.copyOf(keys) : List.of();
        problems = List.copyOf(problems);
    }

    /** The keys, at least one. */
    List<AccessKey> orThrow() throws IOException {
        if (!problems.isEmpty()) {
            throw new IOException(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return keys;
    }
}
