package io.secgroupd.daemon.flowlog.read;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a file is compressed, by its first bytes: a name may be any. */
enum Packing {
    PLAIN(null),
    GZIP(null, 0x1f, 0x8b),
    XZ("unxz", 0xfd, '7', 'z', 'X', 'Z'),
    BZIP2("bunzip2", 'B', 'Z', 'h'),
    ZSTD("unzstd", 0x28, 0xb5, 0x2f, 0xfd),
    LZ4("unlz4", 0x04, 0x22, 0x4d, 0x18),
    LZMA("unlzma", 0x5d, 0x00, 0x00),
    LZIP("lunzip", 'L', 'Z', 'I', 'P'),
    COMPRESS("uncompress", 0x1f, 0x9d),
    ZIP("unzip", 'P', 'K', 0x03, 0x04);

    private static final int LONGEST = 5;

    private final @Nullable String tool;
    private final int[] magic;

    Packing(@Nullable String tool, int... magic) {
        this.tool = tool;
        this.magic = magic;
    }

    static int bytesToKnow() {
        return LONGEST;
    }

    static Packing of(byte[] first) {
        return Stream.of(values())
                .filter(packing -> packing != PLAIN && packing.begins(first))
                .findFirst()
                .orElse(PLAIN);
    }

    private boolean begins(byte[] first) {
        int[] unsigned = new int[Math.min(first.length, magic.length)];
        Arrays.setAll(unsigned, i -> first[i] & 0xff);
        return Arrays.equals(unsigned, magic);
    }

    /** What unpacks it, when nothing here does. */
    Optional<String> tool() {
        return Optional.ofNullable(tool);
    }
}
