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

/** Reads the addresses of this host's interfaces, in the current network namespace. */
public final class LocalAddresses {

    private static final int ATTEMPTS = 5;

    /** The JDK throws this message when no interface is up, which is a normal state here. */
    private static final String NONE = "No network interfaces configured";

    private LocalAddresses() {}

    /** The addresses alone; see {@link #byInterface}. */
    public static Set<IpAddress> current() {
        return byInterface().all();
    }

    /**
     * Asks the kernel. Empty while no interface is up.
     *
     * @throws IllegalStateException when the kernel does not answer
     */
    public static InterfaceAddresses byInterface() {
        for (int attempt = 1; ; attempt++) {
            try {
                return read();
            } catch (SocketException e) {
                if (NONE.equals(e.getMessage())) {
                    return new InterfaceAddresses(Map.of(), Set.of());
                }
                // The whole call fails when an interface goes away between being listed and being asked.
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

    /** The kernel gives every bridge a directory of its own in sysfs. */
    private static Set<String> bridges(Map<IpAddress, Set<String>> interfaces) {
        return interfaces.values().stream()
                .flatMap(Set::stream)
                .filter(name -> Files.isDirectory(Path.of("/sys/class/net", name, "bridge")))
                .collect(Collectors.toSet());
    }
}
