package io.secgroupd.daemon.control;

import io.secgroupd.rules.text.Problem;
import java.time.Instant;
import java.util.List;

/**
 * Files that are not in force.
 *
 * @param since    when the first of them was refused
 * @param problems the problems with their places; empty when the files are not the cause
 */
public record RefusedFiles(Instant since, String why, List<Problem> problems) {

    public RefusedFiles {
        problems = List.copyOf(problems);
    }

    /** The problems as lines of text. */
    public List<String> problemTexts() {
        return problems.stream().map(Problem::toString).toList();
    }
}
