package io.secgroupd.controlplane.http;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the number of connections, in total and of one address, so that no other host can take all of them. Clients by
 * loopback cannot be told apart, so they have no limit of their own.
 */
final class ClientSlots {

    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> taken = new HashMap<>();
    private int all;

    ClientSlots(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes a slot until the connection is closed; returns false when none is free. */
    boolean takes(Channel client, InetAddress address) {
        boolean free = take(address);
        if (free) {
            client.closeFuture().addListener(closed -> free(address));
        }
        return free;
    }

    synchronized boolean take(InetAddress address) {
        int own = taken.getOrDefault(address, 0);
        if (all >= most || (own >= mostOfOne && !address.isLoopbackAddress())) {
            return false;
        }
        all++;
        taken.put(address, own + 1);
        return true;
    }

    synchronized void free(InetAddress address) {
        all--;
        taken.computeIfPresent(address, (same, own) -> own == 1 ? null : own - 1);
    }
}
