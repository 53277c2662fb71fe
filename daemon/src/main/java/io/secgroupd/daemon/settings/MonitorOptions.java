package io.secgroupd.daemon.settings;

import java.util.List;
import java.util.Optional;

/**
 * The settings of mode monitor.
 *
 * @param interfaces   the names of the interfaces; empty = all but the loopback interface
 * @param firstPackets the protocols whose first packets are judged
 */
public record MonitorOptions(Optional<List<String>> interfaces, JudgedProtocols firstPackets) {

    /** The protocols whose first packets are copied. */
    public enum JudgedProtocols {
        /** Only TCP: one packet for each connection leaves the kernel. */
        TCP,
        /** Every protocol: all packets but TCP's leave the kernel, so that the first can be found among them. */
        ALL
    }

    public static final MonitorOptions DEFAULT = new MonitorOptions(Optional.empty(), JudgedProtocols.TCP);

    public MonitorOptions {
        interfaces = interfaces.map(List::copyOf);
    }
}
