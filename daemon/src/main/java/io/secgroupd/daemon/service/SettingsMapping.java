package io.secgroupd.daemon.service;

import io.secgroupd.daemon.conntrack.LiveConnections;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.CarrySettings;
import io.secgroupd.daemon.control.InstanceSelector;
import io.secgroupd.daemon.control.LocalAddresses;
import io.secgroupd.daemon.dataplane.CutFlows;
import io.secgroupd.daemon.dataplane.LaterRules;
import io.secgroupd.daemon.dataplane.LoopSettings;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HostRules;
import io.secgroupd.daemon.hooks.MarkWriters;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.nfqueue.QueueSettings;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.QueueOptions;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.rules.net.Verdict;
import java.util.List;
import java.util.stream.IntStream;

/** The operator's settings as each part of the daemon wants them: no part reads the settings of another. */
public final class SettingsMapping {

    /** More loops than this only share out a rate that one loop already exceeds. */
    private static final int MOST_QUEUES = 4;

    /** The kernel's number of a queue has 16 bits. */
    private static final int LAST_QUEUE = 65_535;

    private SettingsMapping() {}

    /** Chooses the instances of this very machine. */
    public static InstanceSelector selector(DaemonSettings settings, CarryMemory memory) {
        return new InstanceSelector(
                new CarrySettings(settings.carry(), settings.hostInstance()), LocalAddresses::byInterface, memory);
    }

    static LoopSettings loops(DaemonSettings settings, Hooks hooks) {
        return new LoopSettings(
                settings.mode(),
                settings.pickup(),
                settings.on(),
                new LaterRules(hooks::othersFollow, Hooks.PASSED_MARK, Hooks.PASSED_MASK));
    }

    /** The last is that of packets out of connection tracking. None in mode monitor. */
    static List<QueueSettings> queues(DaemonSettings settings) {
        if (settings.mode() == Mode.MONITOR) {
            return List.of();
        }
        QueueOptions queue = settings.queue();
        boolean failOpen = settings.mode().observes() || settings.on().queueFull() == Verdict.ACCEPT;
        int tracked = queueCount(queue, Runtime.getRuntime().availableProcessors());
        return IntStream.rangeClosed(0, tracked)
                .mapToObj(index -> new QueueSettings(
                        queue.first() + index,
                        queue.length(),
                        queue.copyBytes(),
                        queue.receiveBuffer(),
                        failOpen,
                        index == tracked))
                .toList();
    }

    /**
     * One queue on up to two cores: the kernel needs the other one for the packets themselves. The numbers end at 65535,
     * and one of them is for packets out of connection tracking: near that end there are fewer queues, rather than none on
     * a host with many cores.
     */
    static int queueCount(QueueOptions queue, int cores) {
        int wanted = cores <= 2 ? 1 : Math.min(MOST_QUEUES, cores / 2);
        return queue.count().orElse(Math.min(wanted, LAST_QUEUE - queue.first()));
    }

    static CutConnections cutConnections(DaemonSettings settings, CutFlows cutFlows) {
        return new CutConnections(
                new LiveConnections(cutMark(settings), settings.hooks().judged(), LocalAddresses::current),
                cutFlows,
                cuts(settings) ? Existing.CUT : Existing.KEEP,
                () -> MarkWriters.of(HostRules.read(CommandRunner.ofThisHost()), cutMark(settings)));
    }

    /** Whether the skeleton knows cut connections. In mode observe nobody loses one. */
    static boolean cuts(DaemonSettings settings) {
        return settings.established() == Existing.CUT && !settings.mode().observes();
    }

    private static int cutMark(DaemonSettings settings) {
        return cuts(settings) ? settings.mark() : SkeletonSettings.NO_MARK;
    }

    public static SkeletonSettings skeleton(DaemonSettings settings) {
        return new SkeletonSettings(
                settings.hooks().judged(),
                settings.queue().first(),
                queueCount(settings.queue(), Runtime.getRuntime().availableProcessors()),
                settings.on().noListener() == Verdict.ACCEPT,
                cutMark(settings),
                settings.mode().observes());
    }
}
