package io.secgroupd.rules.pipeline;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A policy that may come into force: it has no error, and its own tests have passed, and its invariants hold.
 *
 * @param warnings sorted by place
 * @param files    every file and directory that the policy was read from
 * @param hash     hex SHA-256 over their contents
 */
public record SoundPolicy(CompiledPolicy compiled, List<Problem> warnings, List<Path> files, String hash) {

    public SoundPolicy {
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }
}
