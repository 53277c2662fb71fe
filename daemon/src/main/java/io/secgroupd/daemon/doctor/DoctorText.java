package io.secgroupd.daemon.doctor;

import io.secgroupd.rules.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Formats findings as lines of level, topic and wrapped sentences. They quote other programs' rules and files. */
public final class DoctorText {

    private static final int WIDTH = 100;

    private DoctorText() {}

    public static List<String> of(List<Finding> findings) {
        int levels =
                width(findings.stream().map(finding -> finding.level().word()).toList());
        int topics = width(findings.stream().map(Finding::topic).toList());
        String indent = " ".repeat(levels + topics);
        var lines = new ArrayList<String>();
        for (Finding finding : findings) {
            String start = pad(finding.level().word(), levels) + pad(finding.topic(), topics);
            lines.addAll(wrap(start, indent, finding.what()));
            if (!finding.next().isEmpty()) {
                lines.addAll(wrap(indent + "-> ", indent + "   ", finding.next()));
            }
        }
        return lines;
    }

    private static int width(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0) + 2;
    }

    private static String pad(String word, int width) {
        return word + " ".repeat(width - word.length());
    }

    private static List<String> wrap(String first, String indent, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(first);
        boolean begun = false;
        for (String word : Printable.shown(text).split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }
}
