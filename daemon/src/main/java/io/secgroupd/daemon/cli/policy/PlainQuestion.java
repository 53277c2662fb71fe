package io.secgroupd.daemon.cli.policy;

import io.secgroupd.rules.model.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the question on a line that is written as nearly all are: an object of a source, a destination, a protocol in words and a port,
 * each once and without escapes. That spares a parser for each line. It leaves everything else to {@link BatchQuestion#parse}, to which such a
 * line says the same.
 */
final class PlainQuestion {

    /** A longer number is beyond the range of every field. */
    private static final int DIGITS = 9;

    private static final int NO_NUMBER = -1;
    private static final List<String> TEXTS = List.of("from", "to", "protocol");

    private final byte[] line;
    private final int end;
    private int at;
    /** The values of {@link #TEXTS}. */
    private final @Nullable String[] texts = new String[TEXTS.size()];

    private int port = NO_NUMBER;

    private PlainQuestion(byte[] line, int begin, int end) {
        this.line = line;
        this.at = begin;
        this.end = end;
    }

    /**
     * Reads a line.
     *
     * @return empty when the line is to be read by {@link BatchQuestion#parse}
     * @throws IllegalArgumentException with a sentence, when it asks for no service
     */
    static Optional<BatchQuestion> read(byte[] line, int begin, int end) {
        var question = new PlainQuestion(line, begin, end);
        return question.readFields() ? question.whole() : Optional.empty();
    }

    private Optional<BatchQuestion> whole() {
        String from = texts[0];
        String to = texts[1];
        String protocol = texts[2];
        if (from == null || to == null || protocol == null) {
            return Optional.empty();
        }
        Service service = ServiceOptions.service(protocol, port == NO_NUMBER ? null : port, null, null);
        return Optional.of(new BatchQuestion(from, to, service));
    }

    private boolean readFields() {
        if (!passes('{')) {
            return false;
        }
        do {
            if (!readField()) {
                return false;
            }
        } while (passes(','));
        return passes('}') && at == end;
    }

    private boolean readField() {
        String name = text();
        if (name == null || !passes(':')) {
            return false;
        }
        return readValue(name);
    }

    /** Reads the value of a field. Returns false when the field has one already, and when the value is not plain. */
    private boolean readValue(String name) {
        if (name.equals("port")) {
            boolean first = port == NO_NUMBER;
            port = number();
            return first && port != NO_NUMBER;
        }
        int place = TEXTS.indexOf(name);
        if (place < 0 || texts[place] != null) {
            return false;
        }
        texts[place] = text();
        return texts[place] != null;
    }

    /** Passes over blanks and a character. Returns false when there is another one. */
    private boolean passes(char character) {
        skipBlanks();
        boolean there = at < end && line[at] == character;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < end && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
    }

    /** The text in quotation marks that comes next; null when it has escapes or letters beyond ASCII, or when there is none. */
    private @Nullable String text() {
        if (!passes('"')) {
            return null;
        }
        int begin = at;
        while (at < end && line[at] >= ' ' && line[at] != '"' && line[at] != '\\') {
            at++;
        }
        if (at == end || line[at] != '"') {
            return null;
        }
        String text = new String(line, begin, at - begin, StandardCharsets.ISO_8859_1);
        at++;
        return text;
    }

    /** The number of up to {@value #DIGITS} digits that comes next. */
    private int number() {
        skipBlanks();
        int begin = at;
        int number = 0;
        while (at < end && at < begin + DIGITS && line[at] >= '0' && line[at] <= '9') {
            number = number * 10 + line[at++] - '0';
        }
        boolean strict = at == begin + 1 || (at > begin && line[begin] != '0');
        return strict ? number : NO_NUMBER;
    }
}
