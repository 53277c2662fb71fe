package io.secgroupd.daemon.netlink;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap that the kernel reads and writes, seen in both byte orders: netlink's own fields are in host
 * order, while packets and most attribute values of netfilter are in network order.
 */
public final class NetlinkBuffer {

    private final ByteBuffer host;
    private final ByteBuffer network;
    private final long address;

    /** @param capacity the size in bytes */
    public NetlinkBuffer(int capacity) {
        network = ByteBuffer.allocateDirect(capacity);
        host = network.duplicate().order(ByteOrder.nativeOrder());
        address = Buffer.memoryAddress(network);
    }

    public ByteBuffer host() {
        return host;
    }

    public ByteBuffer network() {
        return network;
    }

    public int capacity() {
        return network.capacity();
    }

    long address() {
        return address;
    }
}
