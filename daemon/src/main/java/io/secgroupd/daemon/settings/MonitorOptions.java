package io.secgroupd.daemon.settings;

import java.util.List;
import java.util.Optional;

/**
 * The settings of mode monitor.
 *
 * @param interfaces   by name; empty = all but the loopback interface
 * @param firstPackets whose first packets are judged
 */
public record MonitorOptions(Optional<List<String>> interfaces, JudgedProtocols firstPackets) {

    /** Whose first packets are copied. */
    public enum JudgedProtocols {
        /** TCP alone: one packet a connection leaves the kernel. */
        TCP,
        /** Every protocol: the packets of all but TCP leave the kernel, to find the first among them. */
        ALL
    }

    public static final MonitorOptions DEFAULT = new MonitorOptions(Optional.empty(), JudgedProtocols.TCP);

    public MonitorOptions {
        interfaces = interfaces.map(List::copyOf);
    }
}
