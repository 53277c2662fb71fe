package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import io.secgroupd.rules.text.Printable;
import java.util.List;
import java.util.Locale;

/** Rows with their number of packets, their share, and a bar that distinguishes rejects from accepts. */
final class BarTable {

    private static final String INDENT = "  ";
    private static final int SHARE = "100.0 %".length();
    private static final int GAPS = INDENT.length() + 6;
    private static final int LONGEST_KEY = 60;

    private final Style style;
    /** The number of digits of the largest number, and the length of the longest key, over all tables of a report. */
    private final int numberWidth;

    private final int keyWidth;
    private final long total;

    private BarTable(Style style, int numberWidth, int keyWidth, long total) {
        this.style = style;
        this.numberWidth = numberWidth;
        this.keyWidth = keyWidth;
        this.total = total;
    }

    /**
     * Makes tables that are printed one below another.
     *
     * @param total the number of packets that are 100 %
     */
    static BarTable forAll(List<KeyCount> rows, long total, Style style) {
        int key = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
        return new BarTable(style, grouped(total).length(), Math.min(key, LONGEST_KEY), total);
    }

    /** Formats each row with its line end. The row with the most packets has the longest bar. */
    String of(List<KeyCount> rows) {
        long most = Math.max(1, rows.stream().mapToLong(KeyCount::packets).max().orElse(1));
        int barWidth = Style.WIDTH - GAPS - numberWidth - SHARE - keyWidth;
        var text = new StringBuilder();
        for (KeyCount row : rows) {
            String bar = style.bar(cells(row.rejected(), most, barWidth), cells(row.accepted(), most, barWidth));
            String line = plain(row.packets(), row.key()) + INDENT + bar;
            text.append(bar.isEmpty() ? line.stripTrailing() : line).append('\n');
        }
        return text.toString();
    }

    /**
     * A row without a bar, because its bar would dwarf the others. Its key, a number, must be whole. Nothing follows
     * the key, so it is not shortened to the width of the others.
     */
    String rest(long packets, String key) {
        return style.dim(numbers(packets) + key) + "\n";
    }

    private String plain(long packets, String key) {
        return numbers(packets) + style.pad(Printable.shown(key), keyWidth);
    }

    private String numbers(long packets) {
        String number = grouped(packets);
        String share = String.format(Locale.ROOT, "%.1f %%", total == 0 ? 0 : 100.0 * packets / total);
        return INDENT
                + " ".repeat(Math.max(0, numberWidth - number.length()))
                + number
                + INDENT
                + " ".repeat(SHARE - share.length())
                + share
                + INDENT;
    }

    /**
     * A number above zero is always visible, since its part of the bar has at least one cell. Two parts may round up to
     * one cell more.
     */
    private static int cells(long packets, long most, int width) {
        return packets == 0 ? 0 : (int) Math.max(1, Math.round((double) packets / most * (width - 2)));
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
