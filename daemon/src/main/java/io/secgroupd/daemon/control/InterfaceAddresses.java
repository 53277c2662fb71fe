package io.secgroupd.daemon.control;

import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The addresses of a host, each with the names of the interfaces that have it. */
public record InterfaceAddresses(Map<IpAddress, Set<String>> interfaces) {

    /** These addresses, all on one interface. */
    public static InterfaceAddresses on(String name, Collection<IpAddress> addresses) {
        var interfaces = new TreeMap<IpAddress, Set<String>>();
        addresses.forEach(address -> interfaces.put(address, Set.of(name)));
        return new InterfaceAddresses(interfaces);
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
