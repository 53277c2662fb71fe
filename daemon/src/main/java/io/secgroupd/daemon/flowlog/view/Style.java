package io.secgroupd.daemon.flowlog.view;

/**
 * What the terminal can show.
 *
 * @param color   whether escape sequences are wanted
 * @param unicode whether block characters can be written
 */
public record Style(boolean color, boolean unicode) {

    /** Columns of the text: nothing is longer. */
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

    /** A bar of rejects and accepts, told apart without colour too. */
    String bar(int rejected, int accepted) {
        return red((unicode ? "█" : "#").repeat(rejected)) + green((unicode ? "▒" : "-").repeat(accepted));
    }

    /** What the bars mean. */
    String legend() {
        return bar(1, 0) + " rejected  " + bar(0, 1) + " accepted";
    }

    /** At most so many characters: what is too long loses its middle, since its ends tell it apart. */
    String fit(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = width / 2;
        int begin = width - end - 1;
        return text.substring(0, begin) + (unicode ? "…" : "~") + text.substring(text.length() - end);
    }

    /** So many characters exactly. */
    String pad(String text, int width) {
        String fitting = fit(text, width);
        return fitting + " ".repeat(width - fitting.length());
    }

    /** Without what a terminal would obey: a log may come from anywhere. */
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.chars()
                        .map(one -> Character.isISOControl(one) ? '?' : one)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
