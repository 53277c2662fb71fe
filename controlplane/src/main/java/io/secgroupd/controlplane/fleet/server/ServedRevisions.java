package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.util.Collection;
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
        served.keySet().retainAll(serials);
        Optional<IOException> failed = Optional.empty();
        for (long serial : serials) {
            if (serial > 0 && !served.containsKey(serial)) {
                try {
                    served.put(serial, read(serial));
                } catch (IOException e) {
                    failed = Optional.of(e);
                }
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    private ServedRevision read(long serial) throws IOException {
        Revision newest = store.current();
        Optional<PolicyFiles> kept = newest.serial() == serial ? Optional.of(newest.files()) : store.files(serial);
        PolicyFiles files = kept.orElseThrow(() -> new IOException("Revision " + serial + " is not kept any longer."));
        Map<String, byte[]> named = new TreeMap<>(RelativeFiles.of(files));
        String hash = newest.serial() == serial
                ? newest.hash()
                : PolicyReader.read(files).hash();
        try {
            return ServedRevision.of(serial, hash, named, signatures);
        } catch (IllegalArgumentException e) {
            throw new IOException("Revision " + serial + " cannot be handed out: " + e.getMessage() + ".", e);
        }
    }
}
