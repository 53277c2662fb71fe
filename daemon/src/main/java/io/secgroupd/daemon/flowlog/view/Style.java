package io.secgroupd.daemon.flowlog.view;

/**
 * The abilities of the terminal.
 *
 * @param color   whether escape sequences are wanted
 * @param unicode whether block characters can be written
 */
public record Style(boolean color, boolean unicode) {

    /** The width of the text in columns; no line is longer. */
    static final int WIDTH = 120;

    private static final String RESET = "\u001b[0m";

    String red(String text) {
        return colored("\u001b[31m", text);
    }

    String green(String text) {
        return colored("\u001b[32m", text);
    }

    String yellow(String text) {
        return colored("\u001b[33m", text);
    }

    String dim(String text) {
        return colored("\u001b[2m", text);
    }

    String bold(String text) {
        return colored("\u001b[1m", text);
    }

    private String colored(String sequence, String text) {
        return color && !text.isEmpty() ? sequence + text + RESET : text;
    }

    /** A bar of rejects and accepts, which differ even without colour. */
    String bar(int rejected, int accepted) {
        return red((unicode ? "█" : "#").repeat(rejected)) + green((unicode ? "▒" : "-").repeat(accepted));
    }

    /** The legend of the bars. */
    String legend() {
        return bar(1, 0) + " rejected  " + bar(0, 1) + " accepted";
    }

    /** Shortens a text to a number of characters. A longer text loses its middle, since its ends identify it. */
    String fit(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = width / 2;
        int begin = width - end - 1;
        return whole(text, 0, begin) + (unicode ? "…" : "~") + whole(text, text.length() - end, text.length());
    }

    /** Leaves no half of a character at either end. */
    private static String whole(String text, int begin, int end) {
        int from = begin < end && Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin;
        int to = from < end && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        return text.substring(from, to);
    }

    /** Pads or shortens a text to exactly that number of characters. */
    String pad(String text, int width) {
        String fitting = fit(text, width);
        return fitting + " ".repeat(width - fitting.length());
    }
}
