package io.secgroupd.controlplane.console.view;

import io.secgroupd.controlplane.console.view.FileLines.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the longest common subsequence of lines. What is the same at both ends is set aside first, so that little is left of most
 * edits; of what is too much all the same, everything goes and everything comes.
 */
final class LineDiff {

    /** Cells of the table: a few milliseconds. */
    private static final long MOST_CELLS = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Shown> all = new ArrayList<>();
    private int old;
    private int now;

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static List<Shown> between(List<String> before, List<String> after) {
        var diff = new LineDiff(before, after);
        diff.run();
        return diff.all;
    }

    private void run() {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        same(head);
        middle(before.size() - tail, after.size() - tail);
        same(tail);
    }

    private void same(int count) {
        for (int i = 0; i < count; i++) {
            old++;
            now++;
            all.add(new Shown(" ", before.get(old - 1), old, now));
        }
    }

    private void gone() {
        old++;
        all.add(new Shown("-", before.get(old - 1), old, 0));
    }

    private void come() {
        now++;
        all.add(new Shown("+", after.get(now - 1), 0, now));
    }

    private void middle(int oldEnd, int newEnd) {
        int rows = oldEnd - old;
        int columns = newEnd - now;
        if ((long) rows * columns <= MOST_CELLS) {
            walk(common(rows, columns), oldEnd, newEnd);
        }
        while (old < oldEnd) {
            gone();
        }
        while (now < newEnd) {
            come();
        }
    }

    /** How long the longest common subsequence is of what is behind each pair of places. */
    private int[][] common(int rows, int columns) {
        var length = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                length[i][j] = before.get(old + i).equals(after.get(now + j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }

    private void walk(int[][] length, int oldEnd, int newEnd) {
        int oldStart = old;
        int newStart = now;
        while (old < oldEnd && now < newEnd) {
            int[] row = length[old - oldStart];
            if (before.get(old).equals(after.get(now))) {
                same(1);
            } else if (length[old - oldStart + 1][now - newStart] >= row[now - newStart + 1]) {
                gone();
            } else {
                come();
            }
        }
    }
}
