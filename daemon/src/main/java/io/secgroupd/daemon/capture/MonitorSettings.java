package io.secgroupd.daemon.capture;

import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a monitor judges.
 *
 * @param interfaces     by name; empty: all
 * @param input          packets to this host
 * @param output         packets from this host
 * @param forward        packets that this host routes
 * @param undecodable    the verdict on what is no packet
 * @param localAddresses the addresses of this host
 * @param interfaceNames names by index
 */
public record MonitorSettings(
        Set<String> interfaces,
        boolean input,
        boolean output,
        boolean forward,
        Verdict undecodable,
        Supplier<Set<IpAddress>> localAddresses,
        IntFunction<String> interfaceNames) {

    public MonitorSettings {
        interfaces = Set.copyOf(interfaces);
    }
}
