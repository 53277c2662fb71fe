package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.Quote;
import io.secgroupd.rules.yaml.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of ids and names. */
final class Ids {

    static final String GROUP = "sg-";
    static final String LIST = "pl-";
    static final String RULE = "sgr-";

    private static final Pattern BODY = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

    private Ids() {}

    /** What is wrong with an id that has to begin with {@code prefix}. */
    static Optional<String> problem(String id, String prefix) {
        if (id.startsWith(prefix) && BODY.matcher(id.substring(prefix.length())).matches()) {
            return Optional.empty();
        }
        return Optional.of(Quote.of(id) + " is no id; write " + prefix
                + " and 1-64 letters, digits, \"-\", \"_\", \".\"" + ", such as " + prefix + "web");
    }

    /** What is wrong with the name of an instance or cluster. */
    static Optional<String> problemOfName(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        Quote.of(name) + " is no name; write letters, digits, \"-\", \"_\", \".\", such as app-1");
    }

    static void check(Value.Entry entry, String prefix) {
        problem(entry.key(), prefix).ifPresent(entry::error);
    }
}
