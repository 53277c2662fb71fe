package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.rules.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the unreadable lines and keeps the places of the first ones. */
public final class UnreadableLines {

    private static final int MOST_NAMED = 10;

    private final List<String> named = new ArrayList<>();
    private final Set<Path> withoutNames = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private long lines;

    void line(Path file, long number) {
        lines++;
        name(file + ":" + number + ": damaged or half-written line");
    }

    void rest(Path file, long number, String why) {
        lines++;
        name(file + ":" + number + ": the rest of this file cannot be read: " + why);
    }

    void packed(Path file, String tool) {
        lines++;
        name(file + " is compressed in a way that cannot be read here: unpack it with " + tool + ", beside the log");
    }

    /** Notes another file that may belong to the log. */
    void notRead(Path file) {
        notes.add(Printable.shown(file.toString())
                + " was not read: its name is not that of an old file of the log; name it, to read it");
    }

    /** Reports whether everything could be read. */
    public boolean isWhole() {
        return lines == 0;
    }

    /** Reported once per file, since all its records have the same problem. */
    void unnamed(Path file, long number) {
        lines++;
        if (withoutNames.add(file)) {
            name(file + ":" + number + ": no header line says what the fields of this record are: put the names of the"
                    + " format in front, as the first line of the file");
        }
    }

    void header(Path file, long number, String missing) {
        lines++;
        withoutNames.add(file);
        name(file + ":" + number + ": this header line does not name " + missing
                + ", so that nothing can be read from the"
                + " records after it: give the format of the flow log these fields");
    }

    private void name(String sentence) {
        if (named.size() < MOST_NAMED) {
            named.add(Printable.shown(sentence)); // names of files may also come from anywhere
        }
    }

    /** Sentences for the operator, each returned once; empty when everything could be read. */
    public List<String> take() {
        List<String> sentences = new ArrayList<>(named);
        if (lines > named.size()) {
            sentences.add("and " + (lines - named.size()) + " more lines that cannot be read");
        }
        sentences.addAll(notes);
        notes.clear();
        named.clear();
        lines = 0;
        return sentences;
    }
}
