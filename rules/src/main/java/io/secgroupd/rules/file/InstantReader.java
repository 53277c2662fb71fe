package io.secgroupd.rules.file;

import io.secgroupd.rules.text.InstantText;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.time.Instant;
import java.util.Optional;

/** Reads an instant that may be written or left out. */
final class InstantReader {

    private InstantReader() {}

    /** The instant under a key; empty when there is none, or it is broken, which refuses the file. */
    static Optional<Instant> read(Fields fields, String key) {
        return fields.optional(key).flatMap(InstantReader::read);
    }

    private static Optional<Instant> read(Value value) {
        return value.text().flatMap(text -> {
            Optional<Instant> instant = InstantText.parse(text);
            if (instant.isEmpty()) {
                value.error(Quote.of(text) + " is not a time with its zone; write " + InstantText.EXAMPLE);
            }
            return instant;
        });
    }
}
