package io.secgroupd.daemon.capture;

/**
 * Where the IP packet lies in captured bytes, and how it met the host that captured it.
 *
 * @param offset         of the IP header; negative when the frame holds no IP
 * @param interfaceIndex 0 when the capture does not tell
 * @param travel         which way it went
 * @param payload        the EtherType of what it holds when that is no IP
 */
record Frame(int offset, int interfaceIndex, Travel travel, int payload) {

    /** The frame ends before it says what it holds. */
    static final int UNKNOWN_PAYLOAD = 0;

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

    static final Frame NO_IP = without(UNKNOWN_PAYLOAD);

    Frame(int offset, int interfaceIndex, Travel travel) {
        this(offset, interfaceIndex, travel, UNKNOWN_PAYLOAD);
    }

    /** A frame that holds something else than IP. */
    static Frame without(int etherType) {
        return new Frame(-1, 0, Travel.UNKNOWN, etherType);
    }

    boolean hasIp() {
        return offset >= 0;
    }
}
