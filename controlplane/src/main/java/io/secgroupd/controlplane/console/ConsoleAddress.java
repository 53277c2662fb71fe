package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.console.session.EntryCode;
import io.secgroupd.controlplane.http.HttpServerSettings;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Where a browser finds the console. */
public final class ConsoleAddress {

    private ConsoleAddress() {}

    /** The address with a code, which is behind a #: that part stays in the browser, and in no log of a server. */
    public static String of(HttpServerSettings http, EntryCode code) {
        String scheme = http.tls().isPresent() ? "https" : "http";
        return scheme + "://" + host(http) + ":" + http.listen().getPort() + ConsoleEndpoint.ROOT + "#" + code.text();
    }

    /** By its name, which its certificate has; without one by an address that leads there. */
    private static String host(HttpServerSettings http) {
        InetAddress listen = http.listen().getAddress();
        if (http.tls().isPresent() && !http.hosts().isEmpty()) {
            return http.hosts().get(0);
        }
        InetAddress reached = listen.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listen;
        return reached instanceof Inet6Address ? "[" + reached.getHostAddress() + "]" : reached.getHostAddress();
    }
}
