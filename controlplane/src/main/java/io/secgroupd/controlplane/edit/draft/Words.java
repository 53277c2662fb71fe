package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.TextNode.Quoting;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes single values so that they are read as the same text again. */
final class Words {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*|-1");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");
    /** Nothing that YAML could take for an indicator, a comment, a number, a date or the end of a value. */
    private static final Pattern TEXT = Pattern.compile("[A-Za-z][A-Za-z0-9 _.()/+-]*(?<! )");

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    /** Words that YAML, or an older YAML, reads as something else than a text. */
    private static final Set<String> NO_TEXT = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private Words() {}

    static String key(String key, boolean quoted) {
        return !quoted && KEY.matcher(key).matches() && isText(key) ? key : inDoubleQuotes(key);
    }

    static String value(DraftScalar scalar, boolean json) {
        String text = scalar.value();
        if (json) {
            boolean number = scalar.kind() == DraftScalar.ScalarKind.WORD
                    && NUMBER.matcher(text).matches();
            return number ? text : inDoubleQuotes(text);
        }
        boolean plain = switch (scalar.kind()) {
            case WORD -> WORD.matcher(text).matches() && isText(text);
            case TEXT -> TEXT.matcher(text).matches() && isText(text);
            case QUOTED -> false;
        };
        return plain ? text : inDoubleQuotes(text);
    }

    /** In the quotes that its predecessor had. */
    static String value(DraftScalar scalar, boolean json, Quoting before) {
        return switch (before) {
            case SINGLE -> "'" + scalar.value().replace("'", "''") + "'";
            case DOUBLE -> inDoubleQuotes(scalar.value());
            case PLAIN, BLOCK -> value(scalar, json);
        };
    }

    private static boolean isText(String text) {
        return !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
    }

    private static String inDoubleQuotes(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
