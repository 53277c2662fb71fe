package io.secgroupd.controlplane.edit.text;

/**
 * A piece of text that takes the place of another. A deletion has an empty replacement, an insertion an empty range.
 *
 * @param start in UTF-16 units from the beginning of the text
 * @param end   behind the last unit that is replaced
 */
public record Splice(int start, int end, String replacement) {

    public static Splice insertion(int at, String text) {
        return new Splice(at, at, text);
    }

    public static Splice deletion(int start, int end) {
        return new Splice(start, end, "");
    }
}
