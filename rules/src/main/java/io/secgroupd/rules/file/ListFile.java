package io.secgroupd.rules.file;

import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.PlainBlock;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import io.secgroupd.rules.text.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a list file: one prefix, address or range a line, {@code #} comments. Lines pass through one small buffer, and
 * only the first {@value #LISTED} bad ones are listed: a million lines cost no more than the addresses in them.
 */
final class ListFile {

    /** The longest file, in bytes. */
    static final long MAX_BYTES = 64L << 20;

    private static final int LISTED = 100;

    /** Longer than any valid line; the beginning of a longer one is enough for the message. */
    private static final int MAX_LINE = 256;

    /** A bracket alone may begin an IPv6 address, which gets a message of its own. */
    private static final Pattern JSON = Pattern.compile("\\{|\\[\\s*(?:[\"{\\]]|$)");

    private final String file;
    private final String path;
    private final Room room;
    private final Problems problems = new Problems(LISTED);
    private final AddressSet.Builder addresses = new AddressSet.Builder();
    private final PlainBlock plain = new PlainBlock();
    private final byte[] text = new byte[MAX_LINE];
    private int length;
    private int column;
    private int textColumn;
    private boolean comment;
    private int line = 1;
    private boolean isFirst = true;
    private boolean isJson;

    /** @param path the path of the prefix list in the rules file */
    ListFile(String file, String path, Room room) {
        this.room = room;
        this.file = file;
        this.path = path;
    }

    List<Problem> problems() {
        return problems.sorted();
    }

    AddressSet read(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int got = in.readNBytes(buffer, 0, buffer.length);
        if (isUtf16(buffer, got)) {
            error(1, "the file is UTF-16; save it as UTF-8");
            return AddressSet.EMPTY;
        }
        int from = startsWithBom(buffer, got) ? 3 : 0;
        byte previous = 0;
        while (got > 0) {
            for (int i = from; i < got; i++) {
                int end = column == 0 ? behindPlain(buffer, i, got) : i;
                previous = end > i ? buffer[end - 1] : previous;
                i = end;
                byte c = buffer[i];
                if (c == 0) {
                    error(column + 1, "a NUL character: this is not a text file");
                    return AddressSet.EMPTY;
                }
                if (c == '\r' || (c == '\n' && previous != '\r')) {
                    endLine();
                } else if (c != '\n') {
                    append(c);
                }
                previous = c;
            }
            from = 0;
            got = in.readNBytes(buffer, 0, buffer.length);
        }
        endLine();
        return addresses.build();
    }

    private static boolean isUtf16(byte[] start, int length) {
        return length >= 2
                && ((start[0] == (byte) 0xff && start[1] == (byte) 0xfe)
                        || (start[0] == (byte) 0xfe && start[1] == (byte) 0xff));
    }

    private static boolean startsWithBom(byte[] start, int length) {
        return length >= 3 && start[0] == (byte) 0xef && start[1] == (byte) 0xbb && start[2] == (byte) 0xbf;
    }

    /**
     * Takes the block that is alone on a line, as on nearly all of them, at the line's beginning. Returns its end, or the beginning again
     * when there is anything else: then the line is read byte by byte.
     */
    private int behindPlain(byte[] buffer, int begin, int got) {
        int end = isJson ? PlainBlock.NOT_PLAIN : plain.read(buffer, begin, got);
        if (end == PlainBlock.NOT_PLAIN) {
            return begin;
        }
        isFirst = false;
        if (room.takeRange(plain.family())) {
            plain.addTo(addresses);
        } else {
            room.ranOut(here(1), path);
        }
        return end;
    }

    private void append(byte c) {
        column++;
        comment |= c == '#' || c == ';';
        boolean leadingBlank = length == 0 && (c == ' ' || c == '\t');
        if (comment || leadingBlank || length == MAX_LINE) {
            return;
        }
        if (length == 0) {
            textColumn = column;
        }
        text[length++] = c;
    }

    private void endLine() {
        while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
            length--;
        }
        if (length > 0) {
            entry(new String(text, 0, length, StandardCharsets.UTF_8));
        }
        length = 0;
        column = 0;
        comment = false;
        line++;
    }

    private void entry(String entry) {
        if (isJson) {
            return;
        }
        if (isFirst && JSON.matcher(entry).lookingAt()) {
            isJson = true;
            error(
                    textColumn,
                    "the file is JSON; a list has one prefix, address or range per line, and comments after # or ;:"
                            + " take them out with jq, or write them under entries in the rules file");
            return;
        }
        isFirst = false;
        if (entry.contains("//")) {
            error(textColumn, "a comment begins with # or ;, not with //; write # instead");
            return;
        }
        try {
            AddressText.Block block = AddressText.parse(entry);
            if (block.hostBits()) {
                problems.report(
                        Severity.WARNING, here(textColumn), () -> path, () -> AddressReader.hostBits(entry, block));
            }
            if (room.takeRange(block.range().family(), here(textColumn), path)) {
                addresses.add(block.range());
            }
        } catch (AddressSyntaxException e) {
            problems.report(Severity.ERROR, here(textColumn), () -> path, e::getMessage);
        }
    }

    private void error(int at, String message) {
        problems.error(here(at), path, message);
    }

    private Location here(int at) {
        return new Location(file, line, at);
    }
}
