package io.secgroupd.daemon.refused;

/** What the kernel has refused of one flow. One thread at a time uses it. */
public final class KernelRefusals {

    private final RefusedFlow flow;
    private long packets;
    private long bytes;
    private long lastMillis;

    KernelRefusals(RefusedFlow flow) {
        this.flow = flow;
        this.lastMillis = flow.epochMillis();
    }

    /**
     * Takes the totals that the kernel has counted so far.
     *
     * @param epochMillis the time, in milliseconds since 1970-01-01T00:00:00Z
     * @return how many packets have come since the last totals
     */
    long counted(long totalPackets, long totalBytes, long epochMillis) {
        long more = Math.max(0, totalPackets - packets);
        if (more > 0) {
            packets = totalPackets;
            bytes = totalBytes;
            lastMillis = epochMillis;
        }
        return more;
    }

    public RefusedFlow flow() {
        return flow;
    }

    public long packets() {
        return packets;
    }

    /** The bytes of these packets, IP headers included. */
    public long bytes() {
        return bytes;
    }

    /** When packets were found to have come last, in milliseconds since 1970-01-01T00:00:00Z. */
    public long lastMillis() {
        return lastMillis;
    }
}
