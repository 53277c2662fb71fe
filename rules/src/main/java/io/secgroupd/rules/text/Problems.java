package io.secgroupd.rules.text;

import io.secgroupd.rules.text.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers everything that is wrong, so that an operator sees it in one pass. For each file and severity it keeps the
 * first few and counts the rest: a broken file of a million lines must not fill the heap.
 */
public final class Problems {

    /** How many problems of one severity are listed for one file, unless the constructor is told otherwise. */
    public static final int LISTED_PER_FILE = 1000;

    private final int listedPerFile;
    private final Map<String, FileProblems> errors = new LinkedHashMap<>();
    private final Map<String, FileProblems> warnings = new LinkedHashMap<>();

    public Problems() {
        this(LISTED_PER_FILE);
    }

    public Problems(int listedPerFile) {
        this.listedPerFile = listedPerFile;
    }

    public void error(Location at, String path, String message) {
        report(Severity.ERROR, at, () -> path, () -> message);
    }

    public void warning(Location at, String path, String message) {
        report(Severity.WARNING, at, () -> path, () -> message);
    }

    public void add(Problem problem) {
        report(problem.severity(), problem.at(), problem::path, problem::message);
    }

    /** Adds a problem whose path and message are made only when it is listed. */
    public void report(Severity severity, Location at, Supplier<String> path, Supplier<String> message) {
        var tallies = severity == Severity.ERROR ? errors : warnings;
        FileProblems tally = tallies.computeIfAbsent(at.file(), file -> new FileProblems(severity));
        if (tally.listed.size() < listedPerFile) {
            tally.listed.add(new Problem(severity, at, path.get(), message.get()));
        } else {
            tally.skip(at);
        }
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /**
     * All problems by place. Where a file has more than are listed, one more problem says how many, at the place of the
     * last.
     */
    public List<Problem> sorted() {
        var all = new ArrayList<Problem>();
        errors.values().forEach(tally -> tally.addTo(all));
        warnings.values().forEach(tally -> tally.addTo(all));
        return all.stream().sorted().distinct().toList();
    }

    /** The problems of one file and severity. */
    private static final class FileProblems {
        private final Severity severity;
        private final List<Problem> listed = new ArrayList<>();
        private @Nullable Location lastSkipped;
        private int skipped;

        FileProblems(Severity severity) {
            this.severity = severity;
        }

        void skip(Location at) {
            skipped++;
            if (lastSkipped == null || at.compareTo(lastSkipped) > 0) {
                lastSkipped = at;
            }
        }

        void addTo(List<Problem> all) {
            all.addAll(listed);
            if (lastSkipped != null) {
                String what = severity == Severity.ERROR ? " more errors" : " more warnings";
                all.add(new Problem(severity, lastSkipped, "", skipped + what + " up to here are not listed"));
            }
        }
    }
}
