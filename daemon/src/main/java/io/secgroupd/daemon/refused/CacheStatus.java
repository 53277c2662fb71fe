package io.secgroupd.daemon.refused;

/**
 * What the kernel refuses by itself, and what it has refused.
 *
 * @param why why it refuses nothing by itself; empty while it may
 * @param keys how many keys it refuses now
 * @param packets how many packets it has refused since the start, as far as its counters have been read
 */
public record CacheStatus(String why, long keys, long packets) {}
