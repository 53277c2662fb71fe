package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.FeedLimits;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestFile;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import io.secgroupd.controlplane.fleet.feed.ManifestSignature;
import io.secgroupd.controlplane.fleet.feed.PieceCutter;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fetches a revision: of its pieces only those that this host does not have in some file already. */
final class Fetch {

    private final FeedClient feed;
    private final HostFiles files;
    private final PieceCache cache;
    private final List<PublicKey> trust;

    Fetch(FeedClient feed, HostFiles files, PieceCache cache, List<PublicKey> trust) {
        this.feed = feed;
        this.files = files;
        this.cache = cache;
        this.trust = List.copyOf(trust);
    }

    /** The server that is asked now. */
    URI server() {
        return feed.server();
    }

    /**
     * The manifest that a pointer names.
     *
     * @throws IOException      when another server may have a better answer
     * @throws RefusalException when the manifest is the one that is named, and must not be followed
     */
    Manifest manifest(Pointer pointer) throws IOException, RefusalException {
        byte[] bytes = sound(pointer.manifest(), feed.manifest(pointer.manifest()));
        if (!trust.isEmpty()) {
            requireSigned(pointer, bytes);
        }
        Manifest manifest = parsed(bytes);
        if (manifest.serial() != pointer.serial()) {
            throw new RefusalException("The manifest is that of the serial " + manifest.serial() + ".");
        }
        if (manifest.edition() != pointer.edition()) {
            throw new RefusalException("The manifest is that of the edition " + manifest.edition() + ".");
        }
        files.requireOfPolicy(manifest.files().keySet());
        return manifest;
    }

    private byte[] sound(String sha256, byte[] bytes) throws IOException {
        if (!Hashes.sha256(bytes).equals(sha256)) {
            throw new UnsoundServerException(feed.server(), "sent other bytes than those of the hash " + sha256);
        }
        return bytes;
    }

    private void requireSigned(Pointer pointer, byte[] manifest) throws RefusalException {
        Optional<String> signature = pointer.signature();
        if (signature.isEmpty()) {
            throw new RefusalException("The revision is not signed, and this host trusts signed ones alone.");
        }
        if (!ManifestSignature.verify(trust, manifest, signature.get())) {
            throw new RefusalException("The revision is signed by no key that this host trusts.");
        }
    }

    private static Manifest parsed(byte[] bytes) throws RefusalException {
        try {
            return Manifest.parse(bytes);
        } catch (IOException e) {
            throw new RefusalException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The contents of all files of a manifest, by name.
     *
     * @param before the names of the files of the revision before
     */
    SortedMap<String, byte[]> contents(Manifest manifest, Iterable<String> before)
            throws IOException, RefusalException {
        Map<String, byte[]> pieces = here(manifest, before);
        fetchMissing(manifest, pieces);
        var contents = new TreeMap<String, byte[]>();
        for (var file : manifest.files().entrySet()) {
            contents.put(file.getKey(), content(file.getKey(), file.getValue(), pieces));
        }
        return contents;
    }

    /** The pieces that the files of this host have. */
    private Map<String, byte[]> here(Manifest manifest, Iterable<String> before) throws IOException {
        var wanted = new HashSet<String>();
        manifest.files().values().forEach(file -> file.pieces().forEach(piece -> wanted.add(piece.sha256())));
        var names = new HashSet<>(manifest.files().keySet());
        before.forEach(names::add);
        var pieces = new HashMap<String, byte[]>();
        for (byte[] content : existing(names).values()) {
            for (byte[] piece : PieceCutter.cut(content)) {
                String hash = Hashes.sha256(piece);
                if (wanted.contains(hash)) {
                    pieces.put(hash, piece);
                }
            }
        }
        return pieces;
    }

    private Map<String, byte[]> existing(Set<String> names) throws HostFaultException {
        try {
            return files.existing(names);
        } catch (IOException e) {
            throw new HostFaultException(e);
        }
    }

    /** Adds the pieces that are nowhere here. What has arrived is kept for a later attempt, should this one be broken off. */
    private void fetchMissing(Manifest manifest, Map<String, byte[]> pieces) throws IOException {
        var missing = new LinkedHashMap<String, ManifestPiece>();
        for (ManifestFile file : manifest.files().values()) {
            for (ManifestPiece piece : file.pieces()) {
                Optional<byte[]> cached =
                        pieces.containsKey(piece.sha256()) ? Optional.empty() : cache.get(piece.sha256());
                if (cached.isPresent()) {
                    pieces.put(piece.sha256(), cached.get());
                } else if (!pieces.containsKey(piece.sha256())) {
                    missing.put(piece.sha256(), piece);
                }
            }
        }
        List<ManifestPiece> all = List.copyOf(missing.values());
        for (int from = 0; from < all.size(); from += FeedLimits.PIECES_AT_ONCE) {
            fetch(all.subList(from, Math.min(all.size(), from + FeedLimits.PIECES_AT_ONCE)), pieces);
        }
    }

    private void fetch(List<ManifestPiece> some, Map<String, byte[]> pieces) throws IOException {
        byte[] together = feed.pieces(some);
        int from = 0;
        for (ManifestPiece piece : some) {
            int to = Math.min(together.length, from + piece.bytes());
            byte[] bytes = sound(piece.sha256(), Arrays.copyOfRange(together, from, to));
            cache.put(piece.sha256(), bytes);
            pieces.put(piece.sha256(), bytes);
            from = to;
        }
    }

    private static byte[] content(String name, ManifestFile file, Map<String, byte[]> pieces) throws RefusalException {
        var whole = new ByteArrayOutputStream((int) file.bytes());
        file.pieces().forEach(piece -> whole.writeBytes(pieces.getOrDefault(piece.sha256(), new byte[0])));
        byte[] content = whole.toByteArray();
        if (!Hashes.sha256(content).equals(file.sha256())) {
            throw new RefusalException("The pieces of " + name + " do not make up the file of the manifest.");
        }
        return content;
    }
}
