package io.secgroupd.controlplane.edit.text;

import io.secgroupd.rules.text.Location;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The text of one file, with what is needed to give its untouched parts back byte for byte. Positions count UTF-16 units and
 * leave a byte order mark out.
 */
public final class SourceText {

    private static final char BOM = '\ufeff';

    private final String file;
    private final boolean bom;
    private final String text;

    private SourceText(String file, boolean bom, String text) {
        this.file = file;
        this.bom = bom;
        this.text = text;
    }

    /**
     * Decodes a file.
     *
     * @param file  its path, for places
     * @param bytes that have been read as UTF-8 before
     */
    public static SourceText of(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean bom = !text.isEmpty() && text.charAt(0) == BOM;
        return new SourceText(file, bom, bom ? text.substring(1) : text);
    }

    public String file() {
        return file;
    }

    public String text() {
        return text;
    }

    /** The bytes of the file with these changes. A file whose last line had no line break ends without one again. */
    public byte[] with(List<Splice> splices) {
        String changed = Splices.apply(text, splices);
        if (!text.isEmpty() && !isBreak(text.charAt(text.length() - 1))) {
            changed = changed.substring(0, withoutLastBreak(changed));
        }
        return ((bom ? String.valueOf(BOM) : "") + changed).getBytes(StandardCharsets.UTF_8);
    }

    private static int withoutLastBreak(String changed) {
        int end = changed.length();
        if (end > 0 && isBreak(changed.charAt(end - 1))) {
            return changed.endsWith("\r\n") ? end - 2 : end - 1;
        }
        return end;
    }

    /** A text that stands for this one in the reading of a tree: every position is the same. */
    public SourceText withSameLength(String other) {
        if (other.length() != text.length()) {
            throw new IllegalArgumentException("the positions would not be the same");
        }
        return new SourceText(file, bom, other);
    }

    /** The first positions of all lines. */
    public int[] lineStarts() {
        var starts = IntStream.builder().add(0);
        for (int next = nextLine(0); next < text.length(); next = nextLine(next)) {
            starts.add(next);
        }
        return starts.build().toArray();
    }

    public String slice(int start, int end) {
        return text.substring(start, end);
    }

    public boolean hasAt(int index, char c) {
        return index >= 0 && index < text.length() && text.charAt(index) == c;
    }

    /** The first position of the line. */
    public int lineStart(int index) {
        int start = index;
        while (start > 0 && !isBreak(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The position of the line's break, or the end of the text. */
    public int lineEnd(int index) {
        int end = index;
        while (end < text.length() && !isBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The first position of the line below, or the end of the text. */
    public int nextLine(int index) {
        int end = lineEnd(index);
        if (hasAt(end, '\r') && hasAt(end + 1, '\n')) {
            return end + 2;
        }
        return Math.min(text.length(), end + 1);
    }

    /** The last position of the line above, which must exist. */
    public int lineAbove(int lineStart) {
        boolean pair = hasAt(lineStart - 1, '\n') && hasAt(lineStart - 2, '\r');
        return pair ? lineStart - 2 : lineStart - 1;
    }

    /** How many characters stand before this one on its line. */
    public int column(int index) {
        return index - lineStart(index);
    }

    /** Reports whether nothing but blanks stands there. */
    public boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isBlankOrTab(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The first position from here on that is neither a blank nor a tab. */
    public int skipBlanks(int index) {
        int i = index;
        while (i < text.length() && isBlankOrTab(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The position behind the last character before here that is neither a blank nor a tab. */
    public int skipBlanksBack(int index) {
        int i = index;
        while (i > 0 && isBlankOrTab(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** The line end that the line of this place has, or the nearest one above, or a plain line feed. */
    public String lineBreak(int index) {
        int end = lineEnd(index);
        if (end == text.length()) {
            int start = lineStart(index);
            if (start == 0) {
                return "\n";
            }
            end = lineAbove(start);
        }
        return slice(end, nextLine(end));
    }

    /** The place for people: line and column from 1, the column in code points. */
    public Location location(int index) {
        int start = lineStart(index);
        int line = 1;
        for (int above = start; above > 0; above = lineStart(lineAbove(above))) {
            line++;
        }
        return new Location(file, line, text.codePointCount(start, index) + 1);
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isBlankOrTab(char c) {
        return c == ' ' || c == '\t';
    }
}
