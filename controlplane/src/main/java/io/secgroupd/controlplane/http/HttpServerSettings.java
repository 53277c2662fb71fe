package io.secgroupd.controlplane.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where and how to listen.
 *
 * @param listen an address and a port; 0 is any free port
 * @param tls    needed for any address but those of loopback
 * @param hosts  names and addresses, without a port, by which clients may know this server, beside those of loopback and
 *               the address that they connect to
 */
public record HttpServerSettings(InetSocketAddress listen, Optional<Tls> tls, List<String> hosts) {

    /**
     * Checks that it is safe.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public HttpServerSettings {
        hosts = List.copyOf(hosts);
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("The address " + listen.getHostString()
                    + " to listen on has no meaning here; write an IP address.");
        }
        if (!listen.getAddress().isLoopbackAddress() && tls.isEmpty()) {
            throw new IllegalArgumentException("Requests would cross the network unprotected: listening on "
                    + listen.getAddress().getHostAddress()
                    + " needs TLS. Give certificate and key, or listen on 127.0.0.1.");
        }
        for (String host : hosts) {
            if (HostName.parse(host).filter(name -> !name.hasPort()).isEmpty()) {
                throw new IllegalArgumentException("\"" + host
                        + "\" is not the name of a host; write one without a port, such as control.example.org.");
            }
        }
    }
}
