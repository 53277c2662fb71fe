package io.secgroupd.daemon.cli;

import io.secgroupd.rules.text.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes messages that may go to a terminal. They quote arguments, file names and other people's text, none of which
 * may send control sequences to it.
 */
final class ShownWriter extends FilterWriter {

    ShownWriter(Writer terminal) {
        super(terminal);
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character), 0, 1);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        write(new String(characters, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        out.write(Printable.shownLines(text.substring(offset, offset + length)));
    }
}
