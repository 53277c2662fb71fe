package io.secgroupd.controlplane.store.common;

import io.secgroupd.controlplane.store.RecordStore;
import java.util.regex.Pattern;

/** What may be a record, in whichever store. */
public final class RecordRules {

    private static final Pattern KEY = Pattern.compile("[a-z0-9./-]{1,300}");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9./-]{0,300}");

    private RecordRules() {}

    /** The key, when it is one; otherwise the program that calls has a fault. */
    public static String key(String key) {
        return require(KEY, key);
    }

    /** The beginning of a key, when it is one. */
    public static String prefix(String prefix) {
        return require(PREFIX, prefix);
    }

    private static String require(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not the key of a record.");
        }
        return text;
    }

    /** The value, when it is short enough. */
    public static String value(String value) {
        if (value.length() > RecordStore.MOST_CHARACTERS) {
            throw new IllegalArgumentException("A record has " + RecordStore.MOST_CHARACTERS
                    + " characters at most, and not " + value.length() + ".");
        }
        return value;
    }
}
