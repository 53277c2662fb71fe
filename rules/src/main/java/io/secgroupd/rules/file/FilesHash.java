package io.secgroupd.rules.file;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hash over the files of a policy: SHA-256 over the SHA-256 of each, in the order of reading. */
final class FilesHash {

    private final MessageDigest total = sha256();

    /** Adds the digest of one file. */
    void add(byte[] digest) {
        total.update(digest);
    }

    /** In hex; may be called once, at the end. */
    String text() {
        return HexFormat.of().formatHex(total.digest());
    }

    /** The hash that a reading has which reads each of these files once, in this order. One that is missing counts as empty. */
    static String of(List<Path> order, PolicyFiles files) {
        var hash = new FilesHash();
        order.forEach(path -> hash.add(sha256().digest(files.content(path).orElse(new byte[0]))));
        return hash.text();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
