package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.terms.RulesRights;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** Where packets are taken out of the kernel, and by which tool. */
    public record HookSettings(Backend backend, JudgedHooks judged) {

        public static final HookSettings DEFAULT = new HookSettings(Backend.AUTO, JudgedHooks.HOST);
    }

    /**
     * The socket by which a running daemon takes requests.
     *
     * @param socket at most 107 bytes, which is what a Unix socket address holds
     * @param group  the group whose members may read; only root may make changes
     */
    public record AdminSettings(Path socket, String group) {

        public static final AdminSettings DEFAULT = new AdminSettings(Path.of("/run/secgroupd/admin.sock"), "adm");
    }

    /**
     * The netfilter queues.
     *
     * @param first         number of the first queue, 0–65535
     * @param count         how many queues share the work, 1–64; empty = by the number of processors
     * @param length        packets that may wait in one queue, 1–1,000,000
     * @param copyBytes     bytes of each packet that reach user space, 128–65531: options and extension headers must fit
     * @param receiveBuffer of each queue's socket, in bytes, 64 KiB–1 GiB: the real bound on waiting packets
     */
    public record QueueOptions(int first, OptionalInt count, int length, int copyBytes, int receiveBuffer) {

        public static final QueueOptions DEFAULT = new QueueOptions(4700, OptionalInt.empty(), 16_384, 512, 8 << 20);
    }
}
