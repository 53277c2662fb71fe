package io.secgroupd.daemon.nfqueue;

/**
 * The settings of one queue.
 *
 * @param number the queue number, 0–65535
 * @param maxLength the most packets that may wait for a verdict, 1–1,000,000
 * @param copyBytes the bytes of each packet that the daemon gets, 128–65531: only the headers, but all of them
 * @param receiveBufferBytes the buffer of the socket, at least 64 KiB; it is the real limit on waiting packets, since the
 * kernel counts about a kilobyte for each
 * @param failOpen whether a full queue accepts the next packet instead of dropping it
 * @param untracked whether this is the queue for packets that are out of connection tracking
 */
public record QueueSettings(
        int number, int maxLength, int copyBytes, int receiveBufferBytes, boolean failOpen, boolean untracked) {

    /** Below this limit, a packet with extension headers may not show its ports. */
    public static final int MIN_COPY_BYTES = 128;

    /** The most that the kernel hands out, because an attribute's length has 16 bits. */
    public static final int MAX_COPY_BYTES = 65531;

    public QueueSettings {
        requireWithin("queue number", number, 0, 65535);
        requireWithin("queue length", maxLength, 1, 1_000_000);
        requireWithin("copy bytes", copyBytes, MIN_COPY_BYTES, MAX_COPY_BYTES);
        requireWithin("receive buffer", receiveBufferBytes, 64 << 10, 1 << 30);
    }

    /** Makes the settings of a queue for packets that connection tracking has seen. */
    public QueueSettings(int number, int maxLength, int copyBytes, int receiveBufferBytes, boolean failOpen) {
        this(number, maxLength, copyBytes, receiveBufferBytes, failOpen, false);
    }

    private static void requireWithin(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + lowest + "-" + highest);
        }
    }
}
