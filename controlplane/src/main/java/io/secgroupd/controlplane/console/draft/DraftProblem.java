package io.secgroupd.controlplane.console.draft;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.util.OptionalInt;

/**
 * What is wrong with a draft.
 *
 * @param change which of its changes it is about, from 0; empty when it is about the files as they would be
 */
public record DraftProblem(Problem problem, OptionalInt change) {

    private static final Location NOWHERE = new Location("", 1, 1);

    static DraftProblem of(Problem problem) {
        return new DraftProblem(problem, OptionalInt.empty());
    }

    /** Of a change: the places in what it was read from mean nothing to anybody. */
    static DraftProblem ofChange(int change, Problem found) {
        return new DraftProblem(
                new Problem(found.severity(), NOWHERE, found.path(), found.message()), OptionalInt.of(change));
    }

    static DraftProblem of(String sentence) {
        return of(new Problem(Severity.ERROR, NOWHERE, "", sentence));
    }

    static DraftProblem ofChange(int change, String sentence) {
        return new DraftProblem(new Problem(Severity.ERROR, NOWHERE, "", sentence), OptionalInt.of(change));
    }
}
