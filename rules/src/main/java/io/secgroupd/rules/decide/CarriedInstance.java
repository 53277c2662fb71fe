package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.IpAddress;
import java.util.List;

/** An instance that a host enforces, with the addresses by which packets belong to it. */
public record CarriedInstance(InstanceFilter filter, List<IpAddress> addresses) {

    public CarriedInstance {
        addresses = List.copyOf(addresses);
    }
}
