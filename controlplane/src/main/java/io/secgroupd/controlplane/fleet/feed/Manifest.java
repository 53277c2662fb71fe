package io.secgroupd.controlplane.fleet.feed;

import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a revision of a policy consists of. Whoever has it, by a hash or a signature that is trusted, can tell every piece that
 * is right from one that is not.
 *
 * @param serial  the number of the revision, from 1
 * @param edition counts up from 0 whenever hosts are given the same revision with other registered addresses
 * @param policy  the hash of the policy as its reading gives it; it does not depend on where the files are
 * @param files   by name: a relative path with {@code /}. One of them is {@link #FIRST}
 */
public record Manifest(long serial, long edition, String policy, SortedMap<String, ManifestFile> files) {

    /** The name of the file that names the others. */
    public static final String FIRST = "rules.yaml";

    public Manifest {
        FeedText.require(serial > 0, "the serial of a manifest is not above 0");
        FeedText.require(edition >= 0, "the edition of a manifest is below 0");
        FeedText.requireHash("the hash of a policy", policy);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        FileNames.require(files.keySet());
        long all = files.values().stream().mapToLong(ManifestFile::bytes).sum();
        FeedText.require(all <= FeedLimits.POLICY, "the files of a policy have more than 48 MiB");
    }

    /**
     * The manifest of files as a revision has them, which is the edition 0.
     *
     * @param files contents by name
     * @throws IllegalArgumentException with a clause when they cannot be handed out
     */
    public static Manifest of(long serial, String policy, Map<String, byte[]> files) {
        var all = new TreeMap<String, ManifestFile>();
        files.forEach((name, content) -> all.put(name, ManifestFile.of(content)));
        return new Manifest(serial, 0, policy, all);
    }

    /**
     * Reads bytes that {@link #bytes} gave. Others are refused, even when they say the same in another form.
     *
     * @throws IOException with a sentence
     */
    public static Manifest parse(byte[] bytes) throws IOException {
        return ManifestJson.parse(bytes);
    }

    /** The one form in which a manifest is fetched, hashed and signed. */
    public byte[] bytes() {
        return ManifestJson.bytes(this);
    }

    /** The SHA-256 of the bytes, in hexadecimal. */
    public String hash() {
        return Hashes.sha256(bytes());
    }
}
