package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.terms.KernelCache;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.terms.Refusal;
import io.secgroupd.daemon.terms.RulesRights;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings that each host chooses for itself.
 *
 * @param rules         the control-plane file
 * @param carry         the instances that this host carries; empty = those with an address on a local interface
 * @param hostInstance  the instance that judges local addresses listed by no instance; empty = the only carried one
 * @param refuse        what the sender of a refused packet learns of it
 * @param cache         what the kernel may decide by itself, because the policy in force has decided it before
 * @param established   what happens to running connections that lose their rule by a change of the policy: keep or cut
 * @param mark          the bit of the connection mark that identifies cut connections
 * @param metricsListen the TCP address that serves metrics besides the admin socket; empty = none
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
        Refusal refuse,
        KernelCache cache,
        Existing established,
        int mark,
        FlowLogSettings flowLog,
        AdminSettings admin,
        GuardSettings control,
        PullSocket pull,
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
            Refusal.DROP,
            KernelCache.REFUSED,
            Existing.KEEP,
            SkeletonSettings.DEFAULT_CUT_MARK,
            FlowLogSettings.DEFAULT,
            AdminSettings.DEFAULT,
            GuardSettings.DEFAULT,
            PullSocket.DEFAULT,
            Optional.empty(),
            MonitorOptions.DEFAULT,
            RulesRights.WARN);

    public DaemonSettings {
        carry = carry.map(List::copyOf);
    }

    /** Why the kernel is to refuse nothing by itself, as a clause; empty when these settings allow it. */
    public Optional<String> whyNoCache() {
        if (cache == KernelCache.OFF) {
            return Optional.of("daemon.yaml says cache: off");
        }
        if (mode != Mode.ENFORCE) {
            return Optional.of("only mode: enforce refuses");
        }
        if (!hooks.judged().input()) {
            return Optional.of("hooks.input is false");
        }
        if (refuse == Refusal.ANSWER) {
            return Optional.of("with refuse: answer the daemon answers what it refuses");
        }
        if (!flowLog.reject() || flowLog.aggregate().isZero()) {
            return Optional.of("the flow log gathers no refusals (flow_log.reject, flow_log.aggregate)");
        }
        return Optional.empty();
    }

    /** The path of the socket for control servers. */
    public Path controlSocket() {
        return control.socket().orElseGet(() -> admin.socket().resolveSibling("control.sock"));
    }

    /** The path of the socket for {@code secgroupd pull}. */
    public Path pullSocket() {
        return pull.socket().orElseGet(() -> admin.socket().resolveSibling("pull.sock"));
    }

    /** The point at which packets leave the kernel, and the tool that sets it up. */
    public record HookSettings(Backend backend, JudgedHooks judged) {

        public static final HookSettings DEFAULT = new HookSettings(Backend.AUTO, JudgedHooks.HOST);
    }

    /**
     * The socket on which a running daemon receives requests.
     *
     * @param socket a path of at most 107 bytes, the limit of a Unix socket address
     * @param group  the group whose members may read; only root may make changes
     */
    public record AdminSettings(Path socket, String group) {

        public static final AdminSettings DEFAULT = new AdminSettings(Path.of("/run/secgroupd/admin.sock"), "adm");
    }

    /**
     * The socket on which a control server asks before it changes the rules files.
     *
     * @param socket a path of at most 107 bytes; empty = {@code control.sock} beside the admin socket
     * @param group  the group whose members may connect, besides root; without such a group there is no socket
     * @param ports  a change is refused when it would shut out a connection that is open to one of these
     */
    public record GuardSettings(Optional<Path> socket, String group, List<Integer> ports) {

        /** The group is that of secgroupd-control.service, and the port that of sshd. */
        public static final GuardSettings DEFAULT =
                new GuardSettings(Optional.empty(), "secgroupd-control", List.of(22));

        public GuardSettings {
            ports = List.copyOf(ports);
        }
    }

    /**
     * The socket on which {@code secgroupd pull} tries the revisions of its control server.
     *
     * @param socket a path of at most 107 bytes; empty = {@code pull.sock} beside the admin socket
     * @param group  the group whose members may connect, besides root; without such a group there is no socket
     */
    public record PullSocket(Optional<Path> socket, String group) {

        /** The group is that of secgroupd-pull.service. */
        public static final PullSocket DEFAULT = new PullSocket(Optional.empty(), "secgroupd-pull");
    }

    /**
     * The netfilter queues.
     *
     * @param first         the number of the first queue, 0–65535
     * @param count         the number of queues that share the work, 1–64; empty = by the number of processors
     * @param length        the number of packets that may wait in one queue, 1–1,000,000
     * @param copyBytes     bytes of each packet that reach user space, 128–65531: options and extension headers must fit
     * @param receiveBuffer the buffer of each queue's socket, 64 KiB–1 GiB: the real bound on waiting packets
     */
    public record QueueOptions(int first, OptionalInt count, int length, int copyBytes, int receiveBuffer) {

        public static final QueueOptions DEFAULT = new QueueOptions(4700, OptionalInt.empty(), 16_384, 512, 8 << 20);
    }
}
