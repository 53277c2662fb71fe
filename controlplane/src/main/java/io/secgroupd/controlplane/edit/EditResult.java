package io.secgroupd.controlplane.edit;

import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.SoundPolicy;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What comes of an edit: new files that say exactly what was asked for, or a reason and nothing else. */
public sealed interface EditResult {

    /**
     * The edit is possible.
     *
     * @param files  the new bytes of the files that change, by normalized path; none when the files say it already
     * @param read   what all files together say afterwards
     * @param policy the same: linted, compiled, its own tests passed
     */
    record Edited(Map<Path, byte[]> files, ReadResult read, SoundPolicy policy) implements EditResult {
        public Edited {
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }
    }

    /** Why an edit is refused. */
    enum RefusalReason {
        /** The files have errors already, before the edit. */
        BROKEN_BEFORE,
        /** The change names what is not there, or adds what is there already. */
        IMPOSSIBLE,
        /** The text cannot be edited at a place: an anchor, an alias or a tag stands there, or the like. */
        NOT_EDITABLE,
        /** The files would have errors afterwards, such as a limit that is passed or a test that fails. */
        UNSOUND,
        /** The new text would not say exactly what was asked for. This guards against mistakes of the editor itself. */
        OTHER_MEANING
    }

    /**
     * The edit is refused, and nothing has changed.
     *
     * @param at       where, when it is about a place
     * @param message  one sentence for people
     * @param problems the errors of the files, before or after the edit, sorted by place; none for other reasons
     */
    record EditRefused(RefusalReason reason, Optional<Location> at, String message, List<Problem> problems)
            implements EditResult {
        public EditRefused {
            problems = List.copyOf(problems);
        }

        /** {@code file:line:column: sentence}. */
        @Override
        public String toString() {
            return at.map(place -> place + ": ").orElse("") + message;
        }
    }
}
