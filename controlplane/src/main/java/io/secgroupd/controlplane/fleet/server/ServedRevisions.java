package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.Edition;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.store.Newest;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The revisions that hosts fetch now, cut into pieces. */
final class ServedRevisions {

    private final PolicyStore store;
    private final Signatures signatures;
    private final EditionRecords editions;
    private final Map<Long, ServedRevision> served = new ConcurrentHashMap<>();

    ServedRevisions(PolicyStore store, EditionRecords editions, Signatures signatures) {
        this.store = store;
        this.editions = editions;
        this.signatures = signatures;
    }

    /** The pointer to a revision; empty when it is not served. */
    Optional<Pointer> pointer(long serial) {
        return Optional.ofNullable(served.get(serial)).map(ServedRevision::pointer);
    }

    /** A piece of any that is served. */
    Optional<byte[]> piece(String hash) {
        return served.values().stream()
                .flatMap(revision -> Optional.ofNullable(revision.pieces().get(hash)).stream())
                .findFirst();
    }

    /**
     * Serves the revisions of a roll-out in its edition, and no others.
     *
     * @throws IOException with a sentence, when one cannot be read or handed out; the others are served
     */
    synchronized void serve(Rollout rollout) throws IOException {
        List<Long> serials = rollout.serials();
        Map<String, CutFile> known = cut();
        served.keySet().retainAll(serials);
        Optional<IOException> failed = Optional.empty();
        for (long serial : serials) {
            if (!isServed(serial, rollout.editionNumber())) {
                try {
                    served.put(serial, read(serial, rollout.edition(), known));
                } catch (IOException e) {
                    failed = Optional.of(e);
                }
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    private boolean isServed(long serial, long edition) {
        return pointer(serial).filter(known -> known.edition() == edition).isPresent();
    }

    private Map<String, CutFile> cut() {
        Map<String, CutFile> all = new HashMap<>();
        served.values().forEach(revision -> all.putAll(revision.cut()));
        return all;
    }

    private ServedRevision read(long serial, Optional<Edition> edition, Map<String, CutFile> known) throws IOException {
        PolicyFiles kept = store.files(serial)
                .orElseThrow(() -> new IOException("Revision " + serial + " is not kept any longer."));
        PolicyFiles files = editions.of(edition).in(serial, kept);
        Newest newest = store.newest();
        Map<String, byte[]> named = new TreeMap<>(RelativeFiles.of(files));
        String hash = edition.isEmpty() && newest.serial() == serial
                ? newest.hash()
                : PolicyReader.read(files).hash();
        try {
            long number = edition.map(Edition::number).orElse(0L);
            return ServedRevision.of(serial, number, hash, named, known, signatures);
        } catch (IllegalArgumentException e) {
            throw new IOException("Revision " + serial + " cannot be handed out: " + e.getMessage() + ".", e);
        }
    }
}
