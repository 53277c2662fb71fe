package io.secgroupd.daemon.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Tells the kind of a file to be replayed by its first bytes, because its name proves nothing. */
enum FileKind {
    CAPTURE,
    COMPRESSED_CAPTURE,
    /** Any other file; its reader reports what is wrong with it. */
    FLOW_LOG;

    /** The first bytes of pcap in microseconds and nanoseconds, either byte order, and of pcapng. */
    private static final Set<Integer> CAPTURES =
            Set.of(0xa1b2_c3d4, 0xd4c3_b2a1, 0xa1b2_3c4d, 0x4d3c_b2a1, 0xa1b2_cd34, 0x34cd_b2a1, 0x0a0d_0d0a);

    private static final int GZIP = 0x1f8b;

    static FileKind of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int magic = magic(in);
            if (CAPTURES.contains(magic)) {
                return CAPTURE;
            }
            return magic >>> 16 == GZIP && holdsCapture(file) ? COMPRESSED_CAPTURE : FLOW_LOG;
        }
    }

    private static boolean holdsCapture(Path file) throws IOException {
        try (InputStream compressed = Files.newInputStream(file);
                InputStream in = new GZIPInputStream(compressed)) {
            return CAPTURES.contains(magic(in));
        } catch (IOException damaged) {
            return false;
        }
    }

    private static int magic(InputStream in) throws IOException {
        return ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(4), 4)).getInt();
    }
}
