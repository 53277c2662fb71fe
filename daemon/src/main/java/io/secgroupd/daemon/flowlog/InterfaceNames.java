package io.secgroupd.daemon.flowlog;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Interface names by index. They are looked up again after a while, since interfaces are renamed and replaced. */
public final class InterfaceNames implements IntFunction<String> {

    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<Integer, String> names = new HashMap<>();
    private long keptSince = System.nanoTime();

    @Override
    public String apply(int index) {
        long now = System.nanoTime();
        if (now - keptSince > KEEP_NANOS) {
            names.clear();
            keptSince = now;
        }
        return names.computeIfAbsent(index, InterfaceNames::lookUp);
    }

    private static String lookUp(int index) {
        try {
            NetworkInterface found = NetworkInterface.getByIndex(index);
            return found == null ? "if" + index : found.getName();
        } catch (SocketException e) {
            return "if" + index; // the interface has gone since the packet came in
        }
    }
}
