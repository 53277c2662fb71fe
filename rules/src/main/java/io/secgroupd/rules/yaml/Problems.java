package io.secgroupd.rules.yaml;

import io.secgroupd.rules.model.Location;
import io.secgroupd.rules.model.Problem;
import io.secgroupd.rules.model.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers everything that is wrong, so that an operator sees it in one pass. Of each file and severity it keeps the first
 * so many and counts the rest: a broken file of a million lines must not fill the heap.
 */
public final class Problems {

    /** Problems of one severity that are listed of one file, unless the constructor is told otherwise. */
    public static final int LISTED_PER_FILE = 1000;

    private final int listedPerFile;
    private final Map<String, Tally> errors = new LinkedHashMap<>();
    private final Map<String, Tally> warnings = new LinkedHashMap<>();

    public Problems() {
        this(LISTED_PER_FILE);
    }

    public Problems(int listedPerFile) {
        this.listedPerFile = listedPerFile;
    }

    public void error(Location at, String path, String message) {
        add(new Problem(Severity.ERROR, at, path, message));
    }

    public void warning(Location at, String path, String message) {
        add(new Problem(Severity.WARNING, at, path, message));
    }

    public void add(Problem problem) {
        var tallies = problem.isError() ? errors : warnings;
        tallies.computeIfAbsent(problem.at().file(), file -> new Tally()).add(problem, listedPerFile);
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** All problems by place. Where a file has more than are listed, one says how many, at the place of the last. */
    public List<Problem> sorted() {
        var all = new ArrayList<Problem>();
        errors.values().forEach(tally -> tally.addTo(all));
        warnings.values().forEach(tally -> tally.addTo(all));
        return all.stream().sorted().distinct().toList();
    }

    /** The problems of one file and severity. */
    private static final class Tally {
        private final List<Problem> listed = new ArrayList<>();
        private @Nullable Problem lastUnlisted;
        private int unlisted;

        void add(Problem problem, int limit) {
            if (listed.size() < limit) {
                listed.add(problem);
                return;
            }
            unlisted++;
            if (lastUnlisted == null || problem.at().compareTo(lastUnlisted.at()) > 0) {
                lastUnlisted = problem;
            }
        }

        void addTo(List<Problem> all) {
            all.addAll(listed);
            if (lastUnlisted != null) {
                String what = lastUnlisted.isError() ? " more errors" : " more warnings";
                String message = unlisted + what + " up to here are not listed";
                all.add(new Problem(lastUnlisted.severity(), lastUnlisted.at(), "", message));
            }
        }
    }
}
