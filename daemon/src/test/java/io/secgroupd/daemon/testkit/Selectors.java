package io.secgroupd.daemon.testkit;

import io.secgroupd.daemon.control.Carry;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.CarrySelector;
import io.secgroupd.daemon.control.InterfaceAddresses;
import io.secgroupd.rules.net.IpAddress;
import java.util.Set;

/** Hosts without a setting, for tests that read policies. */
public final class Selectors {

    private Selectors() {}

    /** A host with these addresses on one interface. */
    public static CarrySelector of(IpAddress... addresses) {
        return new CarrySelector(
                Carry.AUTO, () -> InterfaceAddresses.on("eth0", Set.of(addresses)), CarryMemory.empty());
    }
}
