package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.Newest;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The revisions that hosts fetch now, cut into pieces. */
final class ServedRevisions {

    private final PolicyStore store;
    private final Signatures signatures;
    private final Map<Long, ServedRevision> served = new ConcurrentHashMap<>();

    ServedRevisions(PolicyStore store, Signatures signatures) {
        this.store = store;
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
     * Serves these revisions, and no others.
     *
     * @throws IOException with a sentence, when one cannot be read or handed out; the others are served
     */
    synchronized void serve(Collection<Long> serials) throws IOException {
        Map<String, CutFile> known = cut();
        served.keySet().retainAll(serials);
        Optional<IOException> failed = Optional.empty();
        for (long serial : serials) {
            if (serial > 0 && !served.containsKey(serial)) {
                try {
                    served.put(serial, read(serial, known));
                } catch (IOException e) {
                    failed = Optional.of(e);
                }
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    private Map<String, CutFile> cut() {
        Map<String, CutFile> all = new HashMap<>();
        served.values().forEach(revision -> all.putAll(revision.cut()));
        return all;
    }

    private ServedRevision read(long serial, Map<String, CutFile> known) throws IOException {
        PolicyFiles files = store.files(serial)
                .orElseThrow(() -> new IOException("Revision " + serial + " is not kept any longer."));
        Newest newest = store.newest();
        Map<String, byte[]> named = new TreeMap<>(RelativeFiles.of(files));
        String hash = newest.serial() == serial
                ? newest.hash()
                : PolicyReader.read(files).hash();
        try {
            return ServedRevision.of(serial, hash, named, known, signatures);
        } catch (IllegalArgumentException e) {
            throw new IOException("Revision " + serial + " cannot be handed out: " + e.getMessage() + ".", e);
        }
    }
}
