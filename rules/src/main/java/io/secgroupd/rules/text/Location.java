package io.secgroupd.rules.text;

import org.jspecify.annotations.Nullable;

/**
 * A place in a text.
 *
 * @param file   the path as the operator gave it
 * @param line   from 1
 * @param column from 1, in code points
 */
public record Location(String file, int line, int column) implements Comparable<Location> {

    /** {@code file:line}, as logs and explanations name a rule. */
    public String fileLine() {
        return Printable.shown(file) + ":" + line;
    }

    @Override
    public int compareTo(Location other) {
        int byFile = file.compareTo(other.file);
        int byLine = Integer.compare(line, other.line);
        return byFile != 0 ? byFile : byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Location at && compareTo(at) == 0;
    }

    @Override
    public int hashCode() {
        return file.hashCode() * 31 + line;
    }

    @Override
    public String toString() {
        return Printable.shown(file) + ":" + line + ":" + column;
    }
}
