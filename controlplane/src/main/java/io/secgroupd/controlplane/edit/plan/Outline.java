package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.text.Gap;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts blanks in the place of what stands under groups and lists that no change concerns, because reading a tree of all takes
 * most of an edit's time. Every other character keeps its place. Blanks stand only where a group or list surely ends before
 * the next one begins; their neighbours are left as they are, and so are the first and the last, whose style new ones take.
 */
final class Outline {

    /** A key with nothing behind it but a comment: what is its value stands on the lines below. */
    private static final Pattern LONE_KEY =
            Pattern.compile("(?:[^\\s:#'\"{\\[]+|\"[^\"\\\\]*\"|'[^']*')[ \\t]*:[ \\t]*(?:#.*)?");

    private final SourceText source;
    private final Set<Element> concerned;
    private final char[] text;
    private final int[] lines;

    private Outline(SourceText source, Set<Element> concerned) {
        this.source = source;
        this.concerned = concerned;
        this.text = source.text().toCharArray();
        this.lines = source.lineStarts();
    }

    /** The outline of one of the files that say {@code before}. */
    static SourceText of(SourceText source, Policy before, Set<Element> concerned) {
        if (source.text().contains("&")) {
            return source; // what an alias means may stand anywhere
        }
        var outline = new Outline(source, concerned);
        outline.blank(
                before.securityGroups().values().stream().map(one -> new Standing(Element.group(one.id()), one.at())));
        outline.blank(
                before.prefixLists().values().stream().map(one -> new Standing(Element.list(one.id()), one.at())));
        return source.withSameLength(new String(outline.text));
    }

    private record Standing(Element element, Location at) {}

    /** @param all in the order in which they stand */
    private void blank(Stream<Standing> all) {
        Path file = Path.of(source.file()).normalize();
        List<Standing> here = all.filter(
                        one -> Path.of(one.at().file()).normalize().equals(file))
                .toList();
        for (int i = 1; i < here.size() - 2; i++) {
            if (here.subList(i - 1, i + 2).stream().noneMatch(one -> concerned.contains(one.element()))) {
                blank(here.get(i).at(), here.get(i + 1).at());
            }
        }
    }

    private void blank(Location one, Location next) {
        int key = lines[one.line() - 1] + one.column() - 1;
        int below = source.nextLine(key);
        int end = lines[next.line() - 1];
        boolean ownLine = source.isBlank(source.lineStart(key), key)
                && LONE_KEY.matcher(source.slice(key, source.lineEnd(key))).matches();
        if (ownLine && !isFlow(Gap.skip(source, below, end))) {
            IntStream.range(below, end).filter(i -> !isBreak(text[i])).forEach(i -> text[i] = ' ');
        }
    }

    /** Behind braces and brackets a comma may stand, which is no part of the value. */
    private boolean isFlow(int value) {
        return source.hasAt(value, '{') || source.hasAt(value, '[');
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
