package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;

/** A document that cannot be read any further. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(Location at, String path, String message) {
        super(message, null, false, false);
        this.problem = new Problem(Problem.Severity.ERROR, at, path, message);
    }

    Problem problem() {
        return problem;
    }
}
