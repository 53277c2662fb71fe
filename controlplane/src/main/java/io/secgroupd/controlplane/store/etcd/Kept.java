package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.controlplane.store.common.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What etcd keeps of a revision, beside the contents.
 *
 * @param write  tells the write apart from any other, so that a writer who got no answer finds out whether it was made
 * @param pieces the hashes of the pieces of each content that has several, by the hash of the whole
 */
record Kept(HistoryEntry entry, String write, Map<String, List<String>> pieces) {

    /**
     * The most bytes of it. etcd takes requests of 1.5 MiB, and ten of these are read at once. It is enough for some 4,000 files.
     */
    static final int MOST_BYTES = 512 << 10;

    static Kept of(Revision revision) {
        var pieces = new TreeMap<String, List<String>>();
        for (byte[] content : revision.files().contents().values()) {
            if (content.length > Pieces.BYTES) {
                pieces.put(Hashes.sha256(content), Pieces.hashes(content));
            }
        }
        var entry =
                new HistoryEntry(revision.serial(), revision.hash(), revision.origin(), Hashes.of(revision.files()));
        return new Kept(entry, UUID.randomUUID().toString(), pieces);
    }

    long serial() {
        return entry.serial();
    }

    /** The pieces of a content, in their order. */
    List<String> piecesOf(String sha256) {
        return pieces.getOrDefault(sha256, List.of(sha256));
    }

    /** All pieces of all files. */
    Set<String> allPieces() {
        var all = new TreeSet<String>();
        entry.files().values().forEach(content -> all.addAll(piecesOf(content)));
        return all;
    }

    /** @throws IOException with a sentence for the operator, when there are too many files */
    byte[] toBytes() throws IOException {
        var json = new Json.JsonTexts().with(entry.origin());
        json.texts().put("serial", Long.toString(entry.serial()));
        json.texts().put("hash", entry.hash());
        json.texts().put("write", write);
        var files = new TreeMap<String, String>();
        entry.files().forEach((path, hash) -> files.put(path.toString(), hash));
        json.objects().put("files", files);
        var lists = new TreeMap<String, String>();
        pieces.forEach((whole, hashes) -> lists.put(whole, String.join(" ", hashes)));
        json.objects().put("pieces", lists);
        byte[] bytes = Json.line(json).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            throw new IOException(
                    "The policy has " + files.size() + " files, and a list of them that is longer than the "
                            + MOST_BYTES + " bytes that are kept in etcd; put several into one. Nothing was changed.");
        }
        return bytes;
    }

    /** @throws IOException with a sentence for the operator */
    static Kept parse(Item item) throws IOException {
        try {
            Json.JsonTexts json = Json.parse(new String(item.value(), StandardCharsets.UTF_8));
            var files = new TreeMap<Path, String>();
            json.object("files").forEach((path, hash) -> files.put(Path.of(path), hash));
            var pieces = new TreeMap<String, List<String>>();
            json.object("pieces").forEach((whole, hashes) -> pieces.put(whole, Arrays.asList(hashes.split(" "))));
            return new Kept(
                    new HistoryEntry(Long.parseLong(json.text("serial")), json.text("hash"), json.origin(), files),
                    json.text("write"),
                    pieces);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "What etcd holds under " + item.key() + " cannot be read (" + e.getMessage() + ").", e);
        }
    }
}
