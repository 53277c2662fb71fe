package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;

/**
 * Which comments belong to an element, and go with it when it is removed: the one behind it on its last line, and those
 * directly above it, without an empty line between, that begin in its own column. All others stay.
 */
final class Comments {

    private Comments() {}

    /**
     * The beginning of the comment lines that belong to an element, or of its own first line.
     *
     * @param floor neither the line of this position nor anything above it belongs to the element
     */
    static int firstLine(SourceText source, int start, int floor) {
        int top = source.nextLine(floor);
        int line = source.lineStart(start);
        while (line > top && isComment(source, lineAbove(source, line), source.column(start))) {
            line = lineAbove(source, line);
        }
        return line;
    }

    private static int lineAbove(SourceText source, int line) {
        return source.lineStart(source.lineAbove(line));
    }

    private static boolean isComment(SourceText source, int line, int column) {
        int first = source.skipBlanks(line);
        return source.hasAt(first, '#') && source.column(first) == column;
    }

    /** Reports whether nothing or only a comment stands from here to the end of the line. */
    static boolean isRestOfLine(SourceText source, int index) {
        int next = source.skipBlanks(index);
        return next == source.lineEnd(index) || (source.hasAt(next, '#') && next != index);
    }
}
