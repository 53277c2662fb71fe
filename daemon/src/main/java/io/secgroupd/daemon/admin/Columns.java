package io.secgroupd.daemon.admin;

import java.util.List;

/** Rows with aligned columns. Numbers are right-aligned. */
final class Columns {

    private Columns() {}

    static List<String> align(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> align(row, widths)).toList();
    }

    private static String align(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            boolean number = cell.chars().allMatch(Character::isDigit);
            line.append(number ? padding + cell : cell + padding).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
