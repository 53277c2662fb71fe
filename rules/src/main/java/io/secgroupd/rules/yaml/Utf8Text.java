package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Decodes bytes to text, strictly as UTF-8. A replacement character would change a rule without the operator's
 * knowledge.
 */
final class Utf8Text {

    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final char REPLACEMENT = '\ufffd';

    private Utf8Text() {}

    static String decode(String file, byte[] bytes) throws RefusedException {
        if (isUtf16(bytes)) {
            throw new RefusedException(new Location(file, 1, 1), "", "the file is UTF-16 or UTF-32; save it as UTF-8");
        }
        int start = startsWith(bytes, BOM) ? BOM.length : 0;
        String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        // Wherever the bytes are not UTF-8 the text has this character; where it is written itself, the bytes are
        // well-formed.
        if (text.indexOf(REPLACEMENT) >= 0) {
            refuseMalformed(file, bytes, start);
        }
        refuseUnprintable(file, text);
        return text;
    }

    private static void refuseMalformed(String file, byte[] bytes, int start) throws RefusedException {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(in);
        } catch (CharacterCodingException e) {
            String before = new String(bytes, start, in.position() - start, StandardCharsets.UTF_8);
            throw new RefusedException(end(file, before), "", "these bytes are not UTF-8; save the file as UTF-8");
        }
    }

    private static void refuseUnprintable(String file, String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 || c > 0x7e)
                    && !StreamReader.isPrintable(text.codePointAt(i))
                    && !Character.isLowSurrogate(c)) {
                String message = c == 0
                        ? "a NUL character: this is not a text file; save it as UTF-8"
                        : String.format("the character U+%04X is not allowed in YAML; remove it", (int) c);
                throw new RefusedException(end(file, text.substring(0, i)), "", message);
            }
        }
    }

    /** A byte order mark of UTF-16 or UTF-32, or text whose every second byte is NUL. */
    private static boolean isUtf16(byte[] bytes) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
        return marked
                || (bytes.length >= 4 && (bytes[0] == 0) != (bytes[1] == 0) && (bytes[2] == 0) != (bytes[3] == 0));
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** The place behind {@code text}. */
    private static Location end(String file, String text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Location(file, line, text.codePointCount(lineStart, text.length()) + 1);
    }
}
