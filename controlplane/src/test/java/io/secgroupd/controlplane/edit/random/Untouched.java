package io.secgroupd.controlplane.edit.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that a change has left alone what it does not concern. */
final class Untouched {

    private static final Pattern COMMENT = Pattern.compile("# (c[0-9]+;)");
    private static final Pattern LINE = Pattern.compile("[^\r\n]*(\r\n|\n|$)");

    private Untouched() {}

    static void check(Printed before, String after, Asked asked, String told) {
        assertThat(lostComments(before, after))
                .as("comments lost from %s%nto%n%s", told, after)
                .allMatch(id -> before.comments().getOrDefault(id, Set.of()).stream()
                        .anyMatch(path -> Printed.isWithin(path, asked.touched())));
        assertThat(lostLines(before, after, asked))
                .as("lines lost from %s%nto%n%s", told, after)
                .isLessThanOrEqualTo(asked.beside());
        if (endsWithBreak(before.text())) {
            assertThat(after).as(told).endsWith("\n");
        } else if (!before.text().contains(emptyLine(before.text()))) {
            assertThat(after).as(told).doesNotEndWith("\n");
        }
        assertThat(after.contains("\r\n") && after.replace("\r\n", "").contains("\n"))
                .as("mixed line ends %s%nto%n%s", told, after)
                .isFalse();
    }

    private static String emptyLine(String text) {
        return text.contains("\r\n") ? "\r\n\r\n" : "\n\n";
    }

    private static boolean endsWithBreak(String text) {
        return text.endsWith("\n");
    }

    private static List<String> lostComments(Printed before, String after) {
        var lost = new ArrayList<>(before.comments().keySet());
        Matcher found = COMMENT.matcher(after);
        int next = 0;
        while (found.find()) {
            int index = lost.indexOf(found.group(1));
            assertThat(index).as("comments out of order in%n%s", after).isGreaterThanOrEqualTo(next);
            lost.remove(index);
            next = index;
        }
        return lost;
    }

    /** How many of the lines that hold nothing of what changes are not found again, in order. */
    private static int lostLines(Printed before, String after, Asked asked) {
        var untouched = new ArrayList<String>();
        for (int i = 0; i < before.lines().size(); i++) {
            String line = before.lines().get(i);
            boolean touched = before.owners().get(i).stream()
                    .anyMatch(path -> Printed.isWithin(path, asked.touched()) || Printed.isWithin(path, asked.moved()));
            boolean last =
                    line.isEmpty() || (!endsWithBreak(before.text()) && line.isBlank()); // may become the last one
            if (!touched && !last) {
                untouched.add(line);
            }
        }
        return untouched.size() - common(untouched, lines(after));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        Matcher line = LINE.matcher(text);
        while (line.find() && !line.group().isEmpty()) {
            lines.add(line.group());
        }
        return lines;
    }

    /** The length of the longest common subsequence. */
    private static int common(List<String> one, List<String> other) {
        int[] best = new int[other.size() + 1];
        for (String line : one) {
            int before = 0;
            for (int i = 1; i <= other.size(); i++) {
                int above = best[i];
                best[i] = line.equals(other.get(i - 1)) ? before + 1 : Math.max(above, best[i - 1]);
                before = above;
            }
        }
        return best[other.size()];
    }
}
