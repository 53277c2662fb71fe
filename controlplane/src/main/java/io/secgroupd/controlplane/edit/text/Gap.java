package io.secgroupd.controlplane.edit.text;

/** What stands between nodes: blanks, line breaks, comments, and single indicators such as a dash, a comma or a colon. */
public final class Gap {

    private Gap() {}

    /**
     * Where an indicator stands, comments left out.
     *
     * @return {@code -1} when anything else comes first, or the end
     */
    public static int find(SourceText source, char indicator, int from, int to) {
        int i = skip(source, from, to);
        return i < to && source.hasAt(i, indicator) ? i : -1;
    }

    /** Reports whether an indicator stands anywhere in the gap, comments left out. */
    public static boolean has(SourceText source, char indicator, int from, int to) {
        for (int i = skip(source, from, to); i < to; i = skip(source, i + 1, to)) {
            if (source.hasAt(i, indicator)) {
                return true;
            }
        }
        return false;
    }

    /** Reports whether there is a comment before anything else. */
    public static boolean hasComment(SourceText source, int from, int to) {
        int i = from;
        while (i < to && isSpace(source.text().charAt(i))) {
            i++;
        }
        return i < to && source.hasAt(i, '#');
    }

    /** The first position that belongs to neither blanks, line breaks nor a comment. */
    public static int skip(SourceText source, int from, int to) {
        int i = from;
        while (i < to) {
            if (source.hasAt(i, '#')) {
                i = source.lineEnd(i);
            } else if (isSpace(source.text().charAt(i))) {
                i++;
            } else {
                return i;
            }
        }
        return Math.min(i, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || SourceText.isBreak(c);
    }
}
