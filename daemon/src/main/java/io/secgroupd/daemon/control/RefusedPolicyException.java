package io.secgroupd.daemon.control;

import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;

/** Files that give no policy, with every problem. */
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

    /** Errors and warnings, by place. */
    public List<Problem> problems() {
        return problems;
    }

    /** What was read, or looked for: a change of any of them is worth another attempt. */
    public List<Path> files() {
        return files;
    }
}
