package io.secgroupd.daemon.capture;

/**
 * Composes the filter, in libpcap's language, for what the kernel copies to a capture. It lets through all packets that may
 * matter and stops most others in the kernel; {@link FirstPacketDetector} decides finally.
 */
final class CaptureFilter {

    /** Matches SYN alone among FIN, SYN, RST and ACK. */
    private static final String SYN = "& 0x17 = 0x02";
    /** libpcap finds no TCP header in IPv6, and none behind the extension headers 0, 43, 44, 51 and 60. */
    private static final String EXTENDED = "ip6[6] = 0 or ip6[6] = 43 or ip6[6] = 44 or ip6[6] = 51 or ip6[6] = 60";

    private static final String TCP = "tcp[13] " + SYN + " or (ip6[6] = 6 and ip6[53] " + SYN + ")";

    private CaptureFilter() {}

    /**
     * Composes the filter.
     *
     * @param all whether first packets of every protocol may pass; otherwise only TCP may
     * @param notLoopback whether the capture knows interfaces: the loopback interface is the first of every namespace
     */
    static String of(boolean all, boolean notLoopback) {
        String wanted = TCP + " or " + EXTENDED + (all ? " or (ip and not tcp) or (ip6 and not ip6[6] = 6)" : "");
        return (notLoopback ? "not ifindex 1 and " : "") + "(" + wanted + ")";
    }
}
