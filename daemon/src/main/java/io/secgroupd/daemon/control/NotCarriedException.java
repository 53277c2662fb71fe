package io.secgroupd.daemon.control;

import io.secgroupd.rules.net.IpAddress;
import java.util.Set;
import java.util.stream.Collectors;

/** Says that this host is none of the policy's instances. */
public final class NotCarriedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotCarriedException(Set<IpAddress> localAddresses) {
        super("this host carries no instance: "
                + (localAddresses.isEmpty()
                        ? "it has no address yet; bring an interface up"
                        : "none lists one of its addresses ("
                                + localAddresses.stream()
                                        .map(IpAddress::toString)
                                        .collect(Collectors.joining(", "))
                                + "); add one of them to an instance of the rules file")
                + ", or name the instances under carry in daemon.yaml");
    }

    NotCarriedException(String name) {
        super("the rules file has no instance \"" + name + "\"; correct carry or host_instance in daemon.yaml");
    }
}
