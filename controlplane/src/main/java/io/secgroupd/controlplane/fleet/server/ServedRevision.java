package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.PieceCutter;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A revision as hosts fetch it.
 *
 * @param pieces its manifest, and the pieces of its files, by their hash
 */
record ServedRevision(Pointer pointer, Map<String, byte[]> pieces) {

    /** So much of the hash tells one manifest of a serial from another, should there ever be two. */
    private static final int TAG_DIGITS = 12;

    /**
     * Cuts and signs a revision.
     *
     * @param policy     its hash
     * @param files      contents by name
     * @param signatures give the one of its manifest
     * @throws IllegalArgumentException with a clause, when it cannot be handed out
     */
    static ServedRevision of(long serial, String policy, Map<String, byte[]> files, Signatures signatures)
            throws IOException {
        Map<String, byte[]> pieces = new HashMap<>();
        files.values()
                .forEach(content -> PieceCutter.cut(content).forEach(piece -> pieces.put(Hashes.sha256(piece), piece)));
        byte[] manifest = Manifest.of(serial, policy, files).bytes();
        String hash = Hashes.sha256(manifest);
        pieces.put(hash, manifest);
        var pointer =
                new Pointer(serial, hash, signatures.of(hash, manifest), serial + "." + hash.substring(0, TAG_DIGITS));
        return new ServedRevision(pointer, Map.copyOf(pieces));
    }
}
