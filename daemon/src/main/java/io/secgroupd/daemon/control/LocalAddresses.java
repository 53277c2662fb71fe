package io.secgroupd.daemon.control;

import io.secgroupd.rules.net.IpAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.TreeSet;

/** The addresses of this host's interfaces, as its network namespace has them now. */
public final class LocalAddresses {

    private static final int ATTEMPTS = 5;

    /** What the JDK throws when no interface is up: for us that is an answer. */
    private static final String NONE = "No network interfaces configured";

    private LocalAddresses() {}

    /**
     * Asks the kernel. Empty while no interface is up.
     *
     * @throws IllegalStateException when the kernel does not tell
     */
    public static Set<IpAddress> current() {
        for (int attempt = 1; ; attempt++) {
            try {
                return read();
            } catch (SocketException e) {
                if (NONE.equals(e.getMessage())) {
                    return Set.of();
                }
                // An interface that goes between being listed and being asked fails the whole call.
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("the addresses of this host cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    private static Set<IpAddress> read() throws SocketException {
        var addresses = new TreeSet<IpAddress>();
        NetworkInterface.networkInterfaces()
                .flatMap(networkInterface -> networkInterface.getInterfaceAddresses().stream())
                .map(InterfaceAddress::getAddress)
                .map(address -> IpAddress.ofBytes(address.getAddress()))
                .forEach(addresses::add);
        return addresses;
    }
}
