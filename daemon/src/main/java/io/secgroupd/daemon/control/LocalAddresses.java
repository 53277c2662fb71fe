package io.secgroupd.daemon.control;

import io.secgroupd.rules.net.IpAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The addresses of this host's interfaces, as its network namespace has them now. */
public final class LocalAddresses {

    private static final int ATTEMPTS = 5;

    /** What the JDK throws when no interface is up: for us that is an answer. */
    private static final String NONE = "No network interfaces configured";

    private LocalAddresses() {}

    /** The addresses alone; see {@link #byInterface}. */
    public static Set<IpAddress> current() {
        return byInterface().all();
    }

    /**
     * Asks the kernel. Empty while no interface is up.
     *
     * @throws IllegalStateException when the kernel does not tell
     */
    public static InterfaceAddresses byInterface() {
        for (int attempt = 1; ; attempt++) {
            try {
                return read();
            } catch (SocketException e) {
                if (NONE.equals(e.getMessage())) {
                    return new InterfaceAddresses(Map.of(), Set.of());
                }
                // An interface that goes between being listed and being asked fails the whole call.
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("the addresses of this host cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    private static InterfaceAddresses read() throws SocketException {
        var interfaces = new TreeMap<IpAddress, Set<String>>();
        NetworkInterface.networkInterfaces()
                .forEach(one -> one.getInterfaceAddresses()
                        .forEach(address -> interfaces
                                .computeIfAbsent(
                                        IpAddress.ofBytes(address.getAddress().getAddress()), none -> new TreeSet<>())
                                .add(one.getName())));
        return new InterfaceAddresses(interfaces, bridges(interfaces));
    }

    /** The kernel shows a bridge by a directory of its own in sysfs. */
    private static Set<String> bridges(Map<IpAddress, Set<String>> interfaces) {
        return interfaces.values().stream()
                .flatMap(Set::stream)
                .filter(name -> Files.isDirectory(Path.of("/sys/class/net", name, "bridge")))
                .collect(Collectors.toSet());
    }
}
