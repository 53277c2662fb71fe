package io.secgroupd.controlplane.store.common;

import io.secgroupd.rules.file.PolicyFiles;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** By which contents are told apart. */
public final class Hashes {

    private Hashes() {}

    /** The SHA-256 of bytes, in hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hashes of the files of a policy, by path. */
    public static SortedMap<Path, String> of(PolicyFiles files) {
        var hashes = new TreeMap<Path, String>();
        files.contents().forEach((path, content) -> hashes.put(path, sha256(content)));
        return hashes;
    }
}
