package io.secgroupd.daemon.flowlog.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lines that could not be read: how many, and where the first of them are. */
public final class Damage {

    private static final int MOST_NAMED = 10;

    private final List<String> named = new ArrayList<>();
    private long lines;

    void line(Path file, long number) {
        lines++;
        name(file + ":" + number + ": damaged or half-written line");
    }

    void rest(Path file, long number, String why) {
        lines++;
        name(file + ":" + number + ": the rest of this file cannot be read: " + why);
    }

    private void name(String sentence) {
        if (named.size() < MOST_NAMED) {
            named.add(sentence);
        }
    }

    /** Sentences for the operator; none when all was well. They are given once. */
    public List<String> take() {
        List<String> sentences = new ArrayList<>(named);
        if (lines > named.size()) {
            sentences.add("and " + (lines - named.size()) + " more damaged or half-written lines");
        }
        named.clear();
        lines = 0;
        return sentences;
    }
}
