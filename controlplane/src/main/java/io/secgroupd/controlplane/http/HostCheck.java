package io.secgroupd.controlplane.http;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Admits requests that are meant for this server. A page in a browser can let a name of its own lead to a loopback address
 * (DNS rebinding), and so reach a server behind the firewall; the browser then sends that name as the host.
 */
final class HostCheck {

    private final Set<String> names = new TreeSet<>(List.of("localhost"));

    /** @param known further hosts, each of them sound */
    HostCheck(Collection<String> known) {
        known.stream().flatMap(host -> HostName.parse(host).stream()).forEach(host -> names.add(host.name()));
    }

    /** Why a request is refused, or empty when it is not. */
    Optional<HttpRefusal> refusal(List<String> hosts, InetAddress here) {
        if (hosts.size() != 1) {
            return Optional.of(new HttpRefusal(400, "A request needs exactly one Host header."));
        }
        Optional<HostName> host = HostName.parse(hosts.get(0));
        if (host.isEmpty()) {
            return Optional.of(new HttpRefusal(400, "The Host header does not name a host."));
        }
        return admits(host.get(), here)
                ? Optional.empty()
                : Optional.of(new HttpRefusal(421, "This server is not known by the host of this request."));
    }

    private boolean admits(HostName host, InetAddress here) {
        return names.contains(host.name())
                || host.address()
                        .filter(address -> address.isLoopbackAddress() || address.equals(here))
                        .isPresent();
    }
}
