package io.secgroupd.rules.written;

import java.util.List;

/** The other end of a rule, by the texts of the file: blocks of addresses, without those that are taken out again. */
public final class WrittenPeer {

    /** Every address of both families. */
    static final WrittenPeer ANY = new WrittenPeer(true, List.of(), List.of());

    private final boolean any;
    private final List<String> blocks;
    private final List<String> except;
    private final List<BitRange> blockBits;
    private final List<BitRange> exceptBits;

    private WrittenPeer(boolean any, List<String> blocks, List<String> except) {
        this.any = any;
        this.blocks = List.copyOf(blocks);
        this.except = List.copyOf(except);
        this.blockBits = blocks.stream().map(BitRange::parse).toList();
        this.exceptBits = except.stream().map(BitRange::parse).toList();
    }

    static WrittenPeer of(List<String> blocks, List<String> except) {
        return new WrittenPeer(false, blocks, except);
    }

    /** Whether it is every address. */
    public boolean isAny() {
        return any;
    }

    /** Addresses, prefixes and ranges as they are written. */
    public List<String> blocks() {
        return blocks;
    }

    /** What is taken out of them. */
    public List<String> except() {
        return except;
    }

    boolean holds(String address) {
        return any
                || (blockBits.stream().anyMatch(block -> block.holds(address))
                        && exceptBits.stream().noneMatch(block -> block.holds(address)));
    }
}
