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
     * @param floor nothing above the line of this position belongs to the element
     */
    static int firstLine(SourceText source, int start, int floor) {
        int column = source.column(start);
        int line = source.lineStart(start);
        int lowest = source.lineStart(floor);
        while (line > lowest) {
            int above = source.lineStart(source.lineAbove(line));
            int first = source.skipBlanks(above);
            if (above <= lowest || !source.hasAt(first, '#') || first - above != column) {
                break;
            }
            line = above;
        }
        return line;
    }

    /** Reports whether nothing or only a comment stands from here to the end of the line. */
    static boolean isRestOfLine(SourceText source, int index) {
        int next = source.skipBlanks(index);
        return next == source.lineEnd(index) || (source.hasAt(next, '#') && next > index);
    }
}
