package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.terms.RulesRights;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a host decides for itself.
 *
 * @param rules         the control-plane file
 * @param carry         the instances that this host carries; empty = those with an address on a local interface
 * @param hostInstance  whose rules judge local addresses that no instance lists; empty = the carried one when there is
 *                      just one
 * @param established   what a change of the policy does to running connections that lost their rule: keep or cut
 * @param mark          the bit of the connection mark by which cut connections are known
 * @param metricsListen where metrics are served over TCP as well as over the admin socket; empty = nowhere
 */
public record DaemonSettings(
        Path rules,
        Optional<List<String>> carry,
        Optional<String> hostInstance,
        Mode mode,
        HookSettings hooks,
        QueueOptions queue,
        FailureVerdicts on,
        Pickup pickup,
        Existing established,
        int mark,
        FlowLogSettings flowLog,
        AdminSettings admin,
        Optional<InetSocketAddress> metricsListen,
        MonitorOptions monitor,
        RulesRights rulesRights) {

    /** The settings of a host with an empty file, or with none. */
    public static final DaemonSettings DEFAULT = new DaemonSettings(
            Path.of("/etc/secgroupd/rules.yaml"),
            Optional.empty(),
            Optional.empty(),
            Mode.ENFORCE,
            HookSettings.DEFAULT,
            QueueOptions.DEFAULT,
            FailureVerdicts.CLOSED,
            Pickup.JUDGE,
            Existing.KEEP,
            SkeletonSettings.DEFAULT_CUT_MARK,
            FlowLogSettings.DEFAULT,
            AdminSettings.DEFAULT,
            Optional.empty(),
            MonitorOptions.DEFAULT,
            RulesRights.WARN);

    public DaemonSettings {
        carry = carry.map(List::copyOf);
    }
}
