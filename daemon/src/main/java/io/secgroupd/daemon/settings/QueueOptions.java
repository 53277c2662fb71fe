package io.secgroupd.daemon.settings;

import java.util.OptionalInt;

/**
 * The netfilter queues.
 *
 * @param first         number of the first queue, 0–65535
 * @param count         how many queues share the work, 1–64; empty = by the number of processors
 * @param length        packets that may wait in one queue, 1–1,000,000
 * @param copyBytes     bytes of each packet that reach user space, 128–65531: options and extension headers must fit
 * @param receiveBuffer of each queue's socket, in bytes, 64 KiB–1 GiB: the real bound on waiting packets
 */
public record QueueOptions(int first, OptionalInt count, int length, int copyBytes, int receiveBuffer) {

    public static final QueueOptions DEFAULT = new QueueOptions(4700, OptionalInt.empty(), 16_384, 512, 8 << 20);
}
