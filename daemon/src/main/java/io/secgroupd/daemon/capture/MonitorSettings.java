package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a monitor judges.
 *
 * @param interfaces     by name; empty: all
 * @param judged         at which hooks packets are judged
 * @param undecodable    the verdict on what is no packet
 * @param localAddresses the addresses of this host
 * @param interfaceNames names by index
 */
public record MonitorSettings(
        Set<String> interfaces,
        JudgedHooks judged,
        Verdict undecodable,
        Supplier<Set<IpAddress>> localAddresses,
        IntFunction<String> interfaceNames) {

    public MonitorSettings {
        interfaces = Set.copyOf(interfaces);
    }
}
