package io.secgroupd.daemon.service;

import io.secgroupd.daemon.answer.RefusalAnswers;
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
import io.secgroupd.daemon.settings.DaemonSettings.QueueOptions;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Refusal;
import io.secgroupd.rules.net.Verdict;
import java.util.List;
import java.util.stream.IntStream;

/** Turns the operator's settings into those of each part of the daemon, so that no part reads the settings of another. */
public final class SettingsMapping {

    /** More loops than this only share out a rate that one loop already exceeds. */
    private static final int MOST_QUEUES = 4;

    /** The kernel's number of a queue has 16 bits. */
    private static final int LAST_QUEUE = 65_535;

    private SettingsMapping() {}

    /** Chooses the instances that this machine carries. */
    public static InstanceSelector selector(DaemonSettings settings, CarryMemory memory) {
        return new InstanceSelector(
                new CarrySettings(settings.carry(), settings.hostInstance()), LocalAddresses::byInterface, memory);
    }

    static LoopSettings loops(DaemonSettings settings, Hooks hooks, RefusalAnswers answers) {
        return new LoopSettings(
                settings.mode(),
                settings.pickup(),
                settings.on(),
                new LaterRules(hooks::othersFollow, Hooks.PASSED_MARK, Hooks.PASSED_MASK),
                answers);
    }

    /** The queue numbers; the last queue takes packets out of connection tracking. Mode monitor has none. */
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
     * Returns one queue for up to two cores, because the kernel needs the other core for the packets themselves. Queue
     * numbers end at 65535, and one queue more is for packets out of connection tracking: near that end there are fewer
     * queues, so that a host with many cores starts too.
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
                () -> MarkWriters.of(HostRules.read(CommandRunner.ofTheDaemon()), cutMark(settings)));
    }

    /** Reports whether the skeleton handles cut connections. Mode observe cuts none. */
    static boolean cuts(DaemonSettings settings) {
        return settings.established() == Existing.CUT && !settings.mode().observes();
    }

    /** Reports whether refused packets are answered. In mode observe none is refused. */
    static boolean answers(DaemonSettings settings) {
        return settings.refuse() == Refusal.ANSWER && settings.mode() == Mode.ENFORCE;
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
                settings.mode().observes(),
                answers(settings));
    }
}
