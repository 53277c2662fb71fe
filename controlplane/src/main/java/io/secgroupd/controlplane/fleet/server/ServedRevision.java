package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestFile;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A revision as hosts fetch it.
 *
 * @param pieces its manifest, and the pieces of its files, by their hash
 * @param cut    its files by the hash of their contents
 */
record ServedRevision(Pointer pointer, Map<String, byte[]> pieces, Map<String, CutFile> cut) {

    /** So much of the hash tells one manifest of a serial from another, should there ever be two. */
    private static final int TAG_DIGITS = 12;

    /**
     * Cuts and signs a revision.
     *
     * @param policy     its hash
     * @param files      contents by name
     * @param known      files that are cut already, by the hash of their contents
     * @param signatures give the one of its manifest
     * @throws IllegalArgumentException with a clause, when it cannot be handed out
     */
    static ServedRevision of(
            long serial,
            long edition,
            String policy,
            Map<String, byte[]> files,
            Map<String, CutFile> known,
            Signatures signatures)
            throws IOException {
        Map<String, CutFile> cut = new HashMap<>();
        var named = new TreeMap<String, ManifestFile>();
        Map<String, byte[]> pieces = new HashMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String content = Hashes.sha256(file.getValue());
            CutFile before = known.get(content);
            CutFile now = before == null ? CutFile.of(file.getValue()) : before;
            cut.put(content, now);
            named.put(file.getKey(), now.file());
            pieces.putAll(now.pieces());
        }
        byte[] manifest = new Manifest(serial, edition, policy, named).bytes();
        String hash = Hashes.sha256(manifest);
        pieces.put(hash, manifest);
        String tag = serial + "." + hash.substring(0, TAG_DIGITS);
        var pointer = new Pointer(serial, edition, hash, signatures.of(hash, manifest), tag);
        return new ServedRevision(pointer, Map.copyOf(pieces), Map.copyOf(cut));
    }
}
