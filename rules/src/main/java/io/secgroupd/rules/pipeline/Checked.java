package io.secgroupd.rules.pipeline;

import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of the pipeline: a sound policy, or the reasons why there is none.
 *
 * @param sound    empty when there is any error
 * @param problems all of them by place: errors, failed tests, broken invariants, and warnings
 * @param files    every file that was read or looked for
 */
public record Checked(Optional<SoundPolicy> sound, List<Problem> problems, List<Path> files) {

    public Checked {
        problems = List.copyOf(problems);
        files = List.copyOf(files);
    }
}
