package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.secgroupd.rules.text.Printable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON safe to print in a terminal: unprintable characters are escaped, as JSON allows for every character.
 */
public final class JsonEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return Printable.is(character) ? null : new SerializedString(escaped(character));
    }

    private static String escaped(int character) {
        return String.format(Locale.ROOT, "\\u%04x", character);
    }

    /**
     * Escapes a line of JSON from another program. Its strings contain no bare control characters, since it would not
     * be JSON otherwise.
     */
    static String escape(String json) {
        if (json.chars().allMatch(Printable::is)) {
            return json;
        }
        var text = new StringBuilder(json.length() + 64);
        json.chars().forEach(c -> {
            if (Printable.is(c)) {
                text.append((char) c);
            } else {
                text.append(c < ' ' ? " " : escaped(c));
            }
        });
        return text.toString();
    }
}
