package io.secgroupd.daemon.capture;

/**
 * Where the IP packet lies in captured bytes, and how it met the host that captured it.
 *
 * @param offset         of the IP header; negative when the frame holds no IP
 * @param interfaceIndex 0 when the capture does not tell
 * @param travel         which way it went
 */
record Frame(int offset, int interfaceIndex, Travel travel) {

    /** What the kernel says of a packet that it shows to a capture. */
    enum Travel {
        /** It came in, addressed to this host on the link. */
        ARRIVING,
        /** It came in by broadcast or multicast. */
        ARRIVING_FOR_MANY,
        /** Seen on the link, but addressed to another host: the kernel takes no notice of it. */
        FOR_OTHERS,
        /** It went out: sent by this host, or routed through it. */
        LEAVING,
        /** It never left the host. */
        LOOPBACK,
        /** The capture does not tell. */
        UNKNOWN
    }

    static final Frame NO_IP = new Frame(-1, 0, Travel.UNKNOWN);

    boolean hasIp() {
        return offset >= 0;
    }
}
