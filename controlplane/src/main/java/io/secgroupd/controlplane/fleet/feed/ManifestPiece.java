package io.secgroupd.controlplane.fleet.feed;

import io.secgroupd.controlplane.store.common.Hashes;

/**
 * A piece of a file, by which it is fetched.
 *
 * @param sha256 of its bytes, in hexadecimal
 * @param bytes  how many they are, at least one
 */
public record ManifestPiece(String sha256, int bytes) {

    public ManifestPiece {
        FeedText.requireHash("the hash of a piece", sha256);
        FeedText.require(bytes > 0 && bytes <= FeedLimits.PIECE, "a piece has another length than 1 to 16384 bytes");
    }

    /** The piece that has this content. */
    public static ManifestPiece of(byte[] content) {
        return new ManifestPiece(Hashes.sha256(content), content.length);
    }
}
