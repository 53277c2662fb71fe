package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Contents of files, in pieces under their SHA-256: one that does not change is kept once for all revisions. */
final class Pieces {

    /** The most bytes of a piece: a third of the longest request that etcd takes by default. */
    static final int BYTES = 512 << 10;

    private final Connection etcd;

    Pieces(Connection etcd) {
        this.etcd = etcd;
    }

    private static List<byte[]> split(byte[] content) {
        var pieces = new ArrayList<byte[]>();
        for (int from = 0; from == 0 || from < content.length; from += BYTES) {
            pieces.add(Arrays.copyOfRange(content, from, Math.min(content.length, from + BYTES)));
        }
        return pieces;
    }

    static List<String> hashes(byte[] content) {
        return split(content).stream().map(Hashes::sha256).toList();
    }

    /** Keeps contents. A piece that is there already is left alone, so that this may be done again. */
    void keep(Collection<byte[]> contents) throws IOException {
        for (byte[] content : contents) {
            for (byte[] piece : split(content)) {
                keep(Keys.piece(Hashes.sha256(piece)), piece);
            }
        }
    }

    private void keep(String key, byte[] piece) throws IOException {
        Deadline deadline = Deadline.start(); // for each, as there may be many
        while (true) {
            try {
                var unused = etcd.write(new Change().onlyIf(key, 0).put(key, piece), deadline);
                return;
            } catch (EtcdFailedException e) {
                etcd.pauseAfter(e, deadline);
            }
        }
    }

    /**
     * The files of a revision.
     *
     * @param first the name of the control-plane file
     * @param known contents by their hash, which need not be read
     * @return empty when a piece is no longer there
     * @throws IOException when etcd cannot be read, or has something else than was put there
     */
    Optional<PolicyFiles> files(Kept kept, Path first, Map<String, byte[]> known) throws IOException {
        var files = new TreeMap<Path, byte[]>();
        for (Map.Entry<Path, String> file : kept.entry().files().entrySet()) {
            byte[] content = known.get(file.getValue());
            if (content == null) {
                Optional<byte[]> read = content(kept, file.getValue());
                if (read.isEmpty()) {
                    return Optional.empty();
                }
                content = read.get();
            }
            files.put(file.getKey(), content);
        }
        return Optional.of(new PolicyFiles(first, files));
    }

    private Optional<byte[]> content(Kept kept, String sha256) throws IOException {
        var whole = new ByteArrayOutputStream();
        for (String piece : kept.piecesOf(sha256)) {
            Optional<Item> item = etcd.get(Keys.piece(piece), Deadline.start());
            if (item.isEmpty()) {
                return Optional.empty();
            }
            whole.writeBytes(item.get().value());
        }
        byte[] content = whole.toByteArray();
        if (!Hashes.sha256(content).equals(sha256)) {
            throw new IOException("What etcd holds of the content " + sha256 + " was damaged.");
        }
        return Optional.of(content);
    }
}
