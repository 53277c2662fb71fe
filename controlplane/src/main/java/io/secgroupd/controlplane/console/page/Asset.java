package io.secgroupd.controlplane.console.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file of the page, and the same packed. */
public final class Asset {

    private static final int TAG_BYTES = 16;

    private final String contentType;
    private final byte[] plain;
    private final byte[] packed;
    private final String tag;

    Asset(String contentType, byte[] plain) {
        this.contentType = contentType;
        this.plain = plain.clone();
        this.packed = pack(plain);
        this.tag = tag(plain);
    }

    private static byte[] pack(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static String tag(byte[] plain) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The type of the content. */
    public String contentType() {
        return contentType;
    }

    /** The content. */
    public byte[] plain() {
        return plain.clone();
    }

    /** The content as gzip. */
    public byte[] packed() {
        return packed.clone();
    }

    /** Another one for another content. */
    public String tag() {
        return tag;
    }
}
