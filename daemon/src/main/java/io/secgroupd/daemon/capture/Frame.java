package io.secgroupd.daemon.capture;

/**
 * Where captured bytes hold the IP packet, and how it reached the host that captured it.
 *
 * @param offset the offset of the IP header; negative when the frame holds no IP
 * @param interfaceIndex the index of the interface; 0 when the capture does not tell
 * @param travel the direction of the packet
 * @param payload the EtherType of the content when it is not IP
 */
record Frame(int offset, int interfaceIndex, Travel travel, int payload) {

    /** The frame ends before it says what it holds. */
    static final int UNKNOWN_PAYLOAD = 0;

    /** The direction of a packet, as the kernel reports it to a capture. */
    enum Travel {
        /** It came in, addressed to this host on the link. */
        ARRIVING,
        /** It came in by broadcast or multicast. */
        ARRIVING_FOR_MANY,
        /** It was seen on the link but addressed to another host, so the kernel ignores it. */
        FOR_OTHERS,
        /** It went out: this host sent or routed it. */
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

    /** Makes a frame that holds no IP packet. */
    static Frame without(int etherType) {
        return new Frame(-1, 0, Travel.UNKNOWN, etherType);
    }

    boolean hasIp() {
        return offset >= 0;
    }
}
