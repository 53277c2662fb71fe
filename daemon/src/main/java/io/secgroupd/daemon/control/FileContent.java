package io.secgroupd.daemon.control;

import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies the content of one file, without its includes, by a hash. Two writers of the file notice each other by it. */
public final class FileContent {

    /** Stands for a file that is missing or cannot be read: no content has this hash. */
    public static final String NONE = "none";

    private FileContent() {}

    /** Hex SHA-256 of the file's current content. */
    public static String hash(Path file) {
        try (var in = FileInput.open(file, YamlDocument.MAX_BYTES, HeldFile::of)) {
            return hash(in.readAllBytes());
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Hex SHA-256. */
    public static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
