package io.secgroupd.daemon.flowlog.read;

import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The compression of a file, recognised by its first bytes because its name may be anything. */
enum Packing {
    PLAIN("", ""),
    GZIP("1f8b", ""),
    XZ("fd377a585a", "unxz"),
    BZIP2("425a68", "bunzip2"),
    ZSTD("28b52ffd", "unzstd"),
    LZ4("04224d18", "unlz4"),
    LZMA("5d0000", "unlzma"),
    LZIP("4c5a4950", "lunzip"),
    COMPRESS("1f9d", "uncompress"),
    ZIP("504b0304", "unzip");

    private static final int LONGEST = 5;

    private final String magic;
    private final String tool;

    /** @param magic the first bytes in hexadecimal */
    Packing(String magic, String tool) {
        this.magic = magic;
        this.tool = tool;
    }

    static int bytesToKnow() {
        return LONGEST;
    }

    static Packing of(byte[] first) {
        String begins = HexFormat.of().formatHex(first);
        return Stream.of(values())
                .filter(packing -> packing != PLAIN && begins.startsWith(packing.magic))
                .findFirst()
                .orElse(PLAIN);
    }

    /** The program that unpacks the file, if this program cannot. */
    Optional<String> tool() {
        return tool.isEmpty() ? Optional.empty() : Optional.of(tool);
    }
}
