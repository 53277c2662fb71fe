package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the addresses by which others know this host. */
final class OwnAddresses {

    /** The networks that engines of containers and guests make inside of a host: many hosts have the same addresses there. */
    private static final Pattern INSIDE =
            Pattern.compile("docker.*|br-[0-9a-f]{12}|virbr.*|lxcbr.*|lxdbr.*|podman.*|cni.*");

    /** The JDK throws this message when no interface is up. */
    private static final String NONE = "No network interfaces configured";

    private OwnAddresses() {}

    /** Asks for the addresses of a host. */
    interface Source {
        AddressReport read() throws IOException;
    }

    /** Asks the kernel. */
    static AddressReport read() throws IOException {
        try {
            return report(NetworkInterface.networkInterfaces()
                    .filter(one -> !isInside(one.getName()))
                    .flatMap(one -> one.getInterfaceAddresses().stream())
                    .map(each -> IpAddress.ofBytes(each.getAddress().getAddress())));
        } catch (SocketException e) {
            if (NONE.equals(e.getMessage())) {
                return new AddressReport(List.of());
            }
            throw new IOException("The addresses of this host cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Of more addresses than a report has room for, the first ones. */
    static AddressReport report(Stream<IpAddress> addresses) {
        return new AddressReport(addresses
                .filter(AddressReport::isOfOneHost)
                .distinct()
                .sorted()
                .limit(AddressReport.MOST)
                .toList());
    }

    static boolean isInside(String name) {
        return INSIDE.matcher(name).matches();
    }
}
