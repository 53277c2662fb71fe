package io.secgroupd.rules.text;

import java.util.Comparator;

/**
 * Something wrong in a file: where, in which element, what, and what to write instead.
 *
 * @param path the element in dotted form, such as {@code security_groups.sg-web.inbound[2].ports}; may be empty
 */
public record Problem(Severity severity, Location at, String path, String message) implements Comparable<Problem> {

    /** An error refuses the whole set of files; a warning never does. */
    public enum Severity {
        ERROR,
        WARNING
    }

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::at)
            .thenComparing(Problem::severity)
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** By place. */
    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: path: message}, with {@code warning:} before the path of a warning. */
    @Override
    public String toString() {
        return at + ": " + (isError() ? "" : "warning: ") + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
