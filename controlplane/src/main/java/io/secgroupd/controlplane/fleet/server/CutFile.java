package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.ManifestFile;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import io.secgroupd.controlplane.fleet.feed.PieceCutter;
import io.secgroupd.controlplane.store.common.Hashes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of a revision, cut into pieces.
 *
 * @param file   as the manifest has it
 * @param pieces by their hash
 */
record CutFile(ManifestFile file, Map<String, byte[]> pieces) {

    /** Cuts a content. */
    static CutFile of(byte[] content) {
        List<ManifestPiece> named = new ArrayList<>();
        Map<String, byte[]> pieces = new LinkedHashMap<>();
        for (byte[] piece : PieceCutter.cut(content)) {
            ManifestPiece name = ManifestPiece.of(piece);
            named.add(name);
            pieces.put(name.sha256(), piece);
        }
        return new CutFile(new ManifestFile(Hashes.sha256(content), content.length, named), pieces);
    }
}
