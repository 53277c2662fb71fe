package io.secgroupd.daemon.nfqueue;

/**
 * How one queue is set up.
 *
 * @param number             0–65535
 * @param maxLength          packets that may wait for a verdict, 1–1,000,000
 * @param copyBytes          bytes of each packet that are handed to us, 128–65531: headers only, but all of them
 * @param receiveBufferBytes of the socket, at least 64 KiB: the real bound on waiting packets, since the kernel counts
 *                           about a kilobyte for each
 * @param failOpen           what a full queue does with the next packet: accept it, or drop it
 * @param untracked          whether it is the queue of packets that are out of connection tracking
 */
public record QueueSettings(
        int number, int maxLength, int copyBytes, int receiveBufferBytes, boolean failOpen, boolean untracked) {

    /** Below this, a packet with extension headers may not show its ports. */
    public static final int MIN_COPY_BYTES = 128;

    /** The most that the kernel hands out: an attribute's length has 16 bits. */
    public static final int MAX_COPY_BYTES = 65531;

    public QueueSettings {
        requireWithin("queue number", number, 0, 65535);
        requireWithin("queue length", maxLength, 1, 1_000_000);
        requireWithin("copy bytes", copyBytes, MIN_COPY_BYTES, MAX_COPY_BYTES);
        requireWithin("receive buffer", receiveBufferBytes, 64 << 10, 1 << 30);
    }

    /** A queue of packets that connection tracking has seen. */
    public QueueSettings(int number, int maxLength, int copyBytes, int receiveBufferBytes, boolean failOpen) {
        this(number, maxLength, copyBytes, receiveBufferBytes, failOpen, false);
    }

    private static void requireWithin(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + lowest + "-" + highest);
        }
    }
}
