package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.IpAddress;
import java.util.List;

/** An instance that a host enforces, with the addresses by which its packets are recognised. */
public record CarriedInstance(InstanceFilter filter, List<IpAddress> addresses) {

    public CarriedInstance {
        addresses = List.copyOf(addresses);
    }
}
