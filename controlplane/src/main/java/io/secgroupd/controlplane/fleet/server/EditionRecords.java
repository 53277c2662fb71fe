package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.membership.EditionAddresses;
import io.secgroupd.controlplane.fleet.rollout.Edition;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the addresses of editions under their hash, in parts: those of ten thousand hosts are more than a record may hold. */
final class EditionRecords {

    /** Of a part, in characters; it may have one more, since the two halves of a character are not parted. */
    private static final int PART = RecordStore.MOST_CHARACTERS - 1;

    private final RecordStore records;
    private volatile Kept last = new Kept("", EditionAddresses.NONE);

    private record Kept(String hash, EditionAddresses addresses) {}

    EditionRecords(RecordStore records) {
        this.records = records;
    }

    /** The addresses of an edition. */
    EditionAddresses of(Optional<Edition> edition) throws IOException {
        return edition.isEmpty() ? EditionAddresses.NONE : read(edition.get().addresses());
    }

    /**
     * The addresses under a hash, which are never others. They are asked for with each look at the roll-out, and read once.
     *
     * @throws IOException when they are gone: a newer edition has been made
     */
    EditionAddresses read(String hash) throws IOException {
        Kept known = last;
        if (known.hash().equals(hash)) {
            return known.addresses();
        }
        String text =
                records.list(prefix(hash)).stream().map(StoredRecord::value).collect(Collectors.joining());
        if (!hash(text).equals(hash)) {
            throw new IOException("The addresses of an edition are not there any longer.");
        }
        EditionAddresses addresses = EditionAddresses.parse(text);
        last = new Kept(hash, addresses);
        return addresses;
    }

    /** Keeps addresses, and gives their hash. */
    String keep(EditionAddresses addresses) throws IOException {
        String text = addresses.text();
        String hash = hash(text);
        Map<String, String> parts = new LinkedHashMap<>();
        for (int from = 0; from < text.length(); ) {
            int to = endOfPart(text, from);
            parts.put(prefix(hash) + String.format("%06d", parts.size()), text.substring(from, to));
            from = to;
        }
        records.putAll(parts);
        return hash;
    }

    private static int endOfPart(String text, int from) {
        int to = Math.min(text.length(), from + PART);
        return to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
    }

    /** Removes all but these. */
    void retain(Set<String> hashes) throws IOException {
        Set<String> prefixes =
                hashes.stream().map(EditionRecords::prefix).collect(Collectors.toCollection(HashSet::new));
        List<String> gone = new ArrayList<>();
        for (StoredRecord record : records.list(RecordNames.EDITIONS)) {
            if (prefixes.stream().noneMatch(record.key()::startsWith)) {
                gone.add(record.key());
            }
        }
        if (!gone.isEmpty()) {
            records.remove(gone);
        }
    }

    private static String prefix(String hash) {
        return RecordNames.EDITIONS + hash + "/";
    }

    private static String hash(String text) {
        return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
