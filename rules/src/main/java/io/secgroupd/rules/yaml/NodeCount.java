package io.secgroupd.rules.yaml;

/** The values of a file and of all that it includes, counted as they are read, with every alias written out. */
public final class NodeCount {

    /**
     * The limit for all files together: a value costs about 100 bytes, however many files the million is spread over.
     */
    static final int MAX = 1_000_000;

    private long count;

    /** Counts some more, and reports whether that is within the limit. */
    boolean add(long more) {
        count += more;
        return count <= MAX;
    }

    public long count() {
        return count;
    }
}
