package io.secgroupd.controlplane.fleet.feed;

/** How much a control server and a host take from each other. What is larger is refused by whoever would receive it. */
public final class FeedLimits {

    /** In bytes: a manifest of the largest policy has 12,000 pieces, and a line of 75 bytes for each. */
    public static final int MANIFEST = 4 << 20;

    /** In bytes: the longest piece of a file. */
    public static final int PIECE = 16 << 10;

    /** How many pieces are handed out by one request: as many hashes as a request line has room for, so that few requests do. */
    public static final int PIECES_AT_ONCE = 64;

    /** In bytes: a pointer, which is a few hundred. */
    public static final int POINTER = 4 << 10;

    /** In bytes: a report of a host. */
    public static final int REPORT = 8 << 10;

    /** How many files a policy has; one glob of an include list may match as many. */
    public static final int FILES = 1000;

    /** In bytes: all files of a policy together. A single document of YAML may have 16 MiB by itself. */
    public static final long POLICY = 48L << 20;

    /** In characters: the name of a file. */
    public static final int NAME = 500;

    private FeedLimits() {}
}
