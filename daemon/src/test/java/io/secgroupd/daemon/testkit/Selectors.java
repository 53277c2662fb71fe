package io.secgroupd.daemon.testkit;

import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.CarrySettings;
import io.secgroupd.daemon.control.InstanceSelector;
import io.secgroupd.daemon.control.InterfaceAddresses;
import io.secgroupd.rules.net.IpAddress;
import java.util.Set;

/** Hosts without a setting, for tests that read policies. */
public final class Selectors {

    private Selectors() {}

    /** A host with these addresses on one interface. */
    public static InstanceSelector of(IpAddress... addresses) {
        return new InstanceSelector(
                CarrySettings.AUTO, () -> InterfaceAddresses.on("eth0", Set.of(addresses)), CarryMemory.empty());
    }
}
