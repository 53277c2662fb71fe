package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Value;
import java.util.Optional;

/** The form of ids and names. */
final class Ids {

    static final String GROUP = "sg-";
    static final String LIST = "pl-";
    static final String RULE = "sgr-";

    private static final int LONGEST_BODY = 64;
    private static final int LONGEST_NAME = 255;

    private Ids() {}

    /** Says what is wrong with an id that has to begin with {@code prefix}. */
    static Optional<String> problem(String id, String prefix) {
        if (id.startsWith(prefix) && isWord(id, prefix.length(), LONGEST_BODY)) {
            return Optional.empty();
        }
        return Optional.of(Quote.of(id) + " is not an id; write " + prefix
                + " and 1-64 letters, digits, \"-\", \"_\", \".\"" + ", such as " + prefix + "web");
    }

    /** Says what is wrong with the name of an instance or cluster. */
    static Optional<String> problemOfName(String name) {
        return isWord(name, 0, LONGEST_NAME)
                ? Optional.empty()
                : Optional.of(
                        Quote.of(name) + " is not a name; write letters, digits, \"-\", \"_\", \".\", such as app-1");
    }

    private static boolean isWord(String text, int from, int longest) {
        int length = text.length() - from;
        return length >= 1 && length <= longest && text.chars().skip(from).allMatch(Ids::isInWord);
    }

    private static boolean isInWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0;
    }

    static void check(Value.NamedValue entry, String prefix) {
        problem(entry.key(), prefix).ifPresent(entry::error);
    }
}
