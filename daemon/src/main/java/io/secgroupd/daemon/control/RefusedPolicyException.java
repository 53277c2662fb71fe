package io.secgroupd.daemon.control;

import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;

/** Reports files that give no policy, with all their problems. */
public final class RefusedPolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<Path> files;

    RefusedPolicyException(List<Problem> problems, List<Path> files) {
        super(count(problems));
        this.problems = List.copyOf(problems);
        this.files = List.copyOf(files);
    }

    private static String count(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        return errors == 1 ? "1 error" : errors + " errors";
    }

    /** The errors and warnings, sorted by place. */
    public List<Problem> problems() {
        return problems;
    }

    /** The problems as lines of text. */
    public List<String> problemTexts() {
        return problems.stream().map(Problem::toString).toList();
    }

    /** The files that were read or looked for. When one of them changes, another attempt is worthwhile. */
    public List<Path> files() {
        return files;
    }
}
