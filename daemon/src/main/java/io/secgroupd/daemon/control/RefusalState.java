package io.secgroupd.daemon.control;

import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks why the current files are not in force, if they are not. Changes are made under the lock of the control plane. */
final class RefusalState {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalState.class);

    private final Path rules;

    /** Volatile, because a query must not wait for a reload, which can take seconds. */
    private volatile @Nullable RefusedFiles refusal;

    private final AtomicLong failures = new AtomicLong();

    RefusalState(Path rules) {
        this.rules = rules;
    }

    Optional<RefusedFiles> current() {
        return Optional.ofNullable(refusal);
    }

    /** How many times files were refused. */
    long failures() {
        return failures.get();
    }

    void end() {
        refusal = null;
    }

    void refuse(String why, List<Problem> problems) {
        RefusedFiles before = refusal;
        var now = new RefusedFiles(before == null ? SteadyTime.now() : before.since(), why, problems);
        refusal = now;
        if (now.equals(before)) {
            return; // this reload was requested twice: by the file's change and by an operator
        }
        failures.incrementAndGet();
        problems.stream().filter(Problem::isError).forEach(problem -> LOG.error("policy.problem {}", problem));
        LOG.error("policy.refused file={}: {}; the old policy stays in force", rules, why);
    }
}
