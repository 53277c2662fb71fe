package io.secgroupd.daemon.control;

import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses of a host, each with the names of the interfaces that have it.
 *
 * @param bridges the interfaces that are bridges: a container engine gives its own the same address on every host
 */
public record InterfaceAddresses(Map<IpAddress, Set<String>> interfaces, Set<String> bridges) {

    /** Puts all these addresses on one interface. */
    public static InterfaceAddresses on(String name, Collection<IpAddress> addresses) {
        var interfaces = new TreeMap<IpAddress, Set<String>>();
        addresses.forEach(address -> interfaces.put(address, Set.of(name)));
        return new InterfaceAddresses(interfaces, Set.of());
    }

    public Set<IpAddress> all() {
        return new TreeSet<>(interfaces.keySet());
    }

    boolean has(IpAddress address) {
        return interfaces.containsKey(address);
    }

    Set<String> interfacesOf(IpAddress address) {
        return interfaces.getOrDefault(address, Set.of());
    }
}
