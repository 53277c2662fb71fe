package io.secgroupd.controlplane.fleet.feed;

import io.secgroupd.controlplane.store.common.Hashes;
import java.util.List;

/**
 * A file of a policy.
 *
 * @param sha256 of its content, in hexadecimal
 * @param bytes  how long it is
 * @param pieces of which it consists, in their order
 */
public record ManifestFile(String sha256, long bytes, List<ManifestPiece> pieces) {

    public ManifestFile {
        FeedText.requireHash("the hash of a file", sha256);
        pieces = List.copyOf(pieces);
        long all = pieces.stream().mapToLong(ManifestPiece::bytes).sum();
        FeedText.require(bytes == all, "the pieces of a file are not as long as the file");
        FeedText.require(bytes <= FeedLimits.POLICY, "a file is longer than 48 MiB");
    }

    /** The file that has this content, cut into pieces. */
    public static ManifestFile of(byte[] content) {
        List<ManifestPiece> pieces =
                PieceCutter.cut(content).stream().map(ManifestPiece::of).toList();
        return new ManifestFile(Hashes.sha256(content), content.length, pieces);
    }
}
