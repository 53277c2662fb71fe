package io.secgroupd.controlplane.fleet.history;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.analyze.ChangeSentence;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of each revision in one line what it means beside the one before. That is found out when somebody asks, and remembered:
 * two revisions never say something else again.
 */
public final class RevisionMeanings {

    private static final String UNKNOWN = "the revision before is not remembered any more";

    /** As many as any store remembers revisions, and a line for each is a few hundred bytes. */
    private static final int MOST_KNOWN = 200;

    private final PolicyStore store;
    private final Map<Pair, String> known = new LinkedHashMap<>();

    private record Pair(String before, String after) {}

    /** Of the revisions of a store. */
    public RevisionMeanings(PolicyStore store) {
        this.store = store;
    }

    /**
     * A revision that is remembered.
     *
     * @param meaning such as {@code +1 -0: db-1: inbound newly allowed tcp 3306 from 10.0.0.0/8}, {@code no change in meaning},
     *                or why it cannot be said; one line
     */
    public record Told(HistoryEntry entry, String meaning) {}

    /**
     * The revisions that are remembered, newest first.
     *
     * @param most the greatest number of them
     * @throws IOException with a sentence for the operator
     */
    public List<Told> newest(int most) throws IOException {
        // One more, to compare the last one with.
        List<HistoryEntry> entries = store.history(most + 1);
        var reader = new Reader();
        var told = new ArrayList<Told>();
        for (int i = 0; i < Math.min(most, entries.size()); i++) {
            HistoryEntry entry = entries.get(i);
            Optional<HistoryEntry> before = i + 1 < entries.size() ? Optional.of(entries.get(i + 1)) : Optional.empty();
            told.add(new Told(entry, before.isEmpty() ? first(entry) : meaning(before.get(), entry, reader)));
        }
        return told;
    }

    private static String first(HistoryEntry entry) {
        return entry.serial() == 1 ? "the first revision" : UNKNOWN;
    }

    private String meaning(HistoryEntry before, HistoryEntry after, Reader reader) throws IOException {
        var pair = new Pair(before.hash(), after.hash());
        Optional<String> remembered = remembered(pair);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        Optional<ReadResult> old = reader.read(before.serial());
        Optional<ReadResult> fresh = reader.read(after.serial());
        if (old.isEmpty() || fresh.isEmpty()) {
            return UNKNOWN; // it was forgotten since the history was read
        }
        String meaning = between(old.get(), fresh.get(), after.origin().time());
        remember(pair, meaning);
        return meaning;
    }

    private synchronized Optional<String> remembered(Pair pair) {
        return Optional.ofNullable(known.get(pair));
    }

    private synchronized void remember(Pair pair, String meaning) {
        known.put(pair, meaning);
        if (known.size() > MOST_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** What files mean beside others, in one line. */
    public static String between(PolicyFiles before, PolicyFiles after) {
        return between(PolicyReader.read(before), PolicyReader.read(after), Instant.now());
    }

    /** What a revision meant when it was made: rules that have expired since were in force then. */
    private static String between(ReadResult before, ReadResult after, Instant made) {
        if (after.policy().isEmpty()) {
            return "it has errors: " + error(after);
        }
        if (before.policy().isEmpty()) {
            return "the revision before has errors, so the two cannot be compared";
        }
        return ChangeSentence.counted(
                CompiledPolicy.of(before.policy().get().at(made)),
                CompiledPolicy.of(after.policy().get().at(made)));
    }

    private static String error(ReadResult broken) {
        return broken.errors().stream()
                .findFirst()
                .map(problem -> problem.toString().lines().findFirst().orElse(""))
                .orElse("there is no policy");
    }

    /** Reads each revision once: it is what one is compared with, and then compared itself. */
    private final class Reader {

        private final Map<Long, Optional<ReadResult>> last = new LinkedHashMap<>();

        Optional<ReadResult> read(long serial) throws IOException {
            Optional<ReadResult> found = last.get(serial);
            if (found == null) {
                found = store.files(serial).map(PolicyReader::read);
                last.keySet().removeIf(other -> other > serial + 1); // newer ones are not asked for again
                last.put(serial, found);
            }
            return found;
        }
    }
}
