package io.secgroupd.daemon.cli;

import io.secgroupd.rules.text.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Messages on their way to a terminal: they quote arguments, file names and what others have written, none of which may command
 * it.
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
