package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The settings of a monitor.
 *
 * @param interfaces the interfaces by name; empty: all
 * @param judged the hooks at which packets are judged
 * @param undecodable the verdict on packets that cannot be decoded
 * @param localAddresses the addresses of this host
 * @param interfaceNames the names of the interfaces, by index
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
